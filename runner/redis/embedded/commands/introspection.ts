import { CommandError, syntaxError } from '../protocol/command-error';
import {
  array,
  bulk,
  bulks,
  EMPTY_ARRAY,
  integer,
  NIL,
  type Reply,
  status,
} from '../protocol/reply';
import { argumentsOf, resolve } from '../server/execute';
import type { Session } from '../server/session';
import { matches } from '../store/glob';
import { type Command, command, family, NO_KEYS } from './command';

/** COMMAND: what there is, told from the table itself. */
export const introspection = {
  ...family('command', [
    command('command|count', 2, 'fast', NO_KEYS, ({ engine }) => integer(engine.table.size)),
    command('command|docs', -2, '', NO_KEYS, () => EMPTY_ARRAY),
    command('command|info', -2, '', NO_KEYS, ({ engine: { table } }, names: string[]) =>
      array(
        names.length === 0
          ? Array.from(table.values(), describe)
          : names.map((name) => {
              const row = table.get(name.toLowerCase());
              return row ? describe(row) : NIL;
            }),
      ),
    ),
    command('command|list', -2, '', NO_KEYS, list),
    command('command|getkeys', -4, '', NO_KEYS, keysOf),
  ]),
  arity: -1,
  run: ({ engine }: Session) => array(Array.from(engine.table.values(), describe)),
};

/** Name, arity, flags, first key, last key, step, and four lists that are empty here. */
function describe(row: Command): Reply {
  const flags = [...row.flags].filter((flag) => flag !== 'unqueued' && flag !== 'nomulti');
  return array([
    bulk(row.name),
    integer(row.arity),
    array(flags.map(status)),
    ...row.keys.map(integer),
    EMPTY_ARRAY,
    EMPTY_ARRAY,
    EMPTY_ARRAY,
    array([...(row.subcommands?.values() ?? [])].map(describe)),
  ]);
}

function list({ engine }: Session, [option, kind, value]: string[]): Reply {
  const names = [...engine.table.keys()];
  if (option === undefined) return bulks(names);
  if (option.toLowerCase() !== 'filterby' || kind === undefined || value === undefined) {
    throw syntaxError();
  }
  return bulks(
    kind.toLowerCase() === 'pattern' ? names.filter((name) => matches(value, name)) : [],
  );
}

function keysOf({ engine }: Session, words: string[]): Reply {
  const row = engine.table.get((words[0] ?? '').toLowerCase());
  if (!row) throw new CommandError('ERR Invalid command specified');
  resolve(engine.table, words);
  const [first, last, step] = row.keys;
  const end = last < 0 ? words.length + last : last;
  const found = argumentsOf(row, words).filter(
    (_word, at) => first > 0 && at + 1 >= first && at + 1 <= end && (at + 1 - first) % step === 0,
  );
  if (found.length === 0) throw new CommandError('ERR The command has no key arguments');
  return bulks(found);
}
