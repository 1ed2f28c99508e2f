import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { array, bulk, bulks, EMPTY_ARRAY, integer, type Reply, status } from '../protocol/reply';
import type { Resp } from '../protocol/resp';
import { matches } from '../store/glob';
import { type Command, type CommandTable, command, family, NO_KEYS } from './command';
import { keysOf, resolve } from './dispatch';

/**
 * COMMAND: what there is, by the table itself.
 * @param table looked into when a command runs, so it may be filled later
 */
export function introspection(table: CommandTable): Command {
  const all = ({ resp }: Session) =>
    array(Array.from(table.values(), (row) => describe(resp, row)));
  const rows = [
    command('command|count', 2, 'fast', NO_KEYS, () => integer(table.size)),
    command('command|docs', -2, '', NO_KEYS, ({ resp }) => resp.map([])),
    command('command|info', -2, '', NO_KEYS, (session, names: string[]) => {
      const { resp } = session;
      const described = names.map((name) => {
        const row = table.get(name.toLowerCase());
        return row ? describe(resp, row) : resp.nil;
      });
      return names.length === 0 ? all(session) : array(described);
    }),
    command('command|list', -2, '', NO_KEYS, (_session, words: string[]) => list(table, words)),
    command('command|getkeys', -4, '', NO_KEYS, (_session, words: string[]) =>
      getKeys(table, words),
    ),
  ];
  return { ...family('command', rows), arity: -1, run: all };
}

/** Name, arity, flags, first key, last key, step, and four lists that are empty here. */
function describe(resp: Resp, row: Command): Reply {
  const flags = [...row.flags].filter((flag) => flag !== 'unqueued' && flag !== 'nomulti');
  return array([
    bulk(row.name),
    integer(row.arity),
    resp.set(array(flags.map(status))),
    ...row.keys.map(integer),
    resp.set(EMPTY_ARRAY),
    EMPTY_ARRAY,
    EMPTY_ARRAY,
    array([...(row.subcommands?.values() ?? [])].map((one) => describe(resp, one))),
  ]);
}

function list(table: CommandTable, [option, kind, value]: string[]): Reply {
  const names = [...table.keys()];
  if (option === undefined) return bulks(names);
  if (option.toLowerCase() !== 'filterby' || kind === undefined || value === undefined) {
    throw syntaxError();
  }
  return bulks(
    kind.toLowerCase() === 'pattern' ? names.filter((name) => matches(value, name)) : [],
  );
}

function getKeys(table: CommandTable, words: string[]): Reply {
  if (!table.has((words[0] ?? '').toLowerCase())) {
    throw new CommandError('ERR Invalid command specified');
  }
  const found = keysOf(resolve(table, words), words);
  if (found.length === 0) throw new CommandError('ERR The command has no key arguments');
  return bulks(found);
}
