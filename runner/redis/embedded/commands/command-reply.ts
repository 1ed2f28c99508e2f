import { array, bulk, bulks, integer, type Reply, status } from '../protocol/reply';
import type { Resp } from '../protocol/resp';
import type { Command } from './command';
import { type Facts, factsOf, type KeySpec } from './facts';

type Field = readonly [name: Reply, value: Reply];

/** A command as COMMAND INFO tells it, with its subcommands. */
export function infoReply(resp: Resp, row: Command): Reply {
  const { name, arity, flags, keys, categories, tips, specs } = factsOf(row);
  return array([
    bulk(name),
    integer(arity),
    resp.set(array(flags.map(status))),
    ...keys.map(integer),
    resp.set(array(categories.map(status))),
    resp.set(bulks(tips)),
    resp.set(array(specs.map((spec) => specReply(resp, spec)))),
    resp.set(array(subcommandsOf(row).map((one) => infoReply(resp, one)))),
  ]);
}

/** A command as COMMAND DOCS tells it: its name, then what is known of it. */
export function docsReply(resp: Resp, row: Command): Field {
  const known = factsOf(row);
  const fields: Field[] = [
    [bulk('summary'), bulk(summaryOf(known))],
    [bulk('since'), bulk(known.since)],
    [bulk('group'), bulk(known.group)],
  ];
  if (known.complexity !== '') fields.push([bulk('complexity'), bulk(known.complexity)]);
  if (known.deprecatedSince !== '') {
    fields.push([bulk('doc_flags'), resp.set(array([status('deprecated')]))]);
    fields.push([bulk('deprecated_since'), bulk(known.deprecatedSince)]);
  }
  const subcommands = subcommandsOf(row).map((one) => docsReply(resp, one));
  if (subcommands.length > 0) fields.push([bulk('subcommands'), resp.map(subcommands)]);
  return [bulk(known.name), resp.map(fields)];
}

/** The summaries of Redis are its own sentences, so this is one of ours, made of the facts. */
function summaryOf({ name, group, flags }: Facts): string {
  const kind = flags.includes('write')
    ? 'changes data'
    : flags.includes('readonly')
      ? 'reads data'
      : 'neither reads nor changes data';
  return `${name.replace('|', ' ').toUpperCase()} ${kind} (group ${group})`;
}

function specReply(resp: Resp, { flags, begin, find }: KeySpec): Reply {
  return resp.map([
    [bulk('flags'), resp.set(array(flags.map(status)))],
    [bulk('begin_search'), searchReply(resp, begin)],
    [bulk('find_keys'), searchReply(resp, find)],
  ]);
}

/** The names of the numbers, by the kind of search. */
const NUMBERS: Readonly<Record<string, readonly string[]>> = {
  index: ['index'],
  keyword: ['keyword', 'startfrom'],
  range: ['lastkey', 'keystep', 'limit'],
  keynum: ['keynumidx', 'firstkey', 'keystep'],
};

function searchReply(resp: Resp, [kind = 'unknown', ...values]: readonly string[]): Reply {
  const fields = (NUMBERS[kind] ?? []).map((name, at): Field => {
    const value = values[at] ?? '';
    return [bulk(name), name === 'keyword' ? bulk(value) : integer(Number(value))];
  });
  return resp.map([
    [bulk('type'), bulk(kind)],
    [bulk('spec'), resp.map(fields)],
  ]);
}

function subcommandsOf({ subcommands }: Command): Command[] {
  return [...(subcommands?.values() ?? [])];
}
