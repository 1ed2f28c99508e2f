import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { array, bulk, bulks, integer, type Reply, status } from '../protocol/reply';
import { matches } from '../store/glob';
import { type Command, type CommandTable, command, family, suits } from './command';
import { docsReply, infoReply } from './command-reply';
import { categoriesOf, factsOf } from './facts';
import { type FoundKey, findKeys, hasKeys } from './key-places';

/**
 * COMMAND: what there is, by the table itself.
 * @param table looked into when a command runs, so it may be filled later
 */
export function introspection(table: CommandTable): Command {
  const all = ({ resp }: Session) =>
    array(Array.from(table.values(), (row) => infoReply(resp, row)));
  const rows = [
    command('command|count', 2, '', () => integer(table.size)),
    command('command|docs', -2, '', ({ resp }, names: string[]) => {
      const rows = names.length === 0 ? [...table.values()] : names.map((one) => find(table, one));
      return resp.map(rows.flatMap((row) => (row ? [docsReply(resp, row)] : [])));
    }),
    command('command|info', -2, '', (session, names: string[]) => {
      const { resp } = session;
      const described = names.map((name) => {
        const row = find(table, name);
        return row ? infoReply(resp, row) : resp.nil;
      });
      return names.length === 0 ? all(session) : array(described);
    }),
    command('command|list', -2, '', (_session, words: string[]) => list(table, words)),
    command('command|getkeys', -4, '', (_session, words: string[]) =>
      bulks(keysIn(table, words).map(({ key }) => key)),
    ),
    command('command|getkeysandflags', -4, '', ({ resp }, words: string[]) =>
      array(
        keysIn(table, words).map(({ key, flags }) =>
          array([bulk(key), resp.set(array(flags.map(status)))]),
        ),
      ),
    ),
  ];
  return { ...family('command', rows), arity: -1, run: all };
}

/** The row of a name, or of a subcommand's as `client|setname`. */
function find(table: CommandTable, name: string): Command | undefined {
  const [first = '', second, third] = name.toLowerCase().split('|');
  if (third !== undefined) return undefined;
  const row = table.get(first);
  return second === undefined ? row : row?.subcommands?.get(second);
}

/** The names of commands and of their subcommands: all, or those that a filter lets through. */
function list(table: CommandTable, words: readonly string[]): Reply {
  const names = Array.from(table.values()).flatMap((row) => [
    row.name,
    ...Array.from(row.subcommands?.values() ?? [], ({ name }) => name),
  ]);
  if (words.length === 0) return bulks(names);
  const [option, kind, value = ''] = words;
  if (words.length !== 3 || option?.toLowerCase() !== 'filterby') throw syntaxError();
  const chooses = filterBy(kind?.toLowerCase() ?? '', value);
  if (!chooses) throw syntaxError();
  return bulks(names.filter(chooses));
}

function filterBy(kind: string, value: string): ((name: string) => boolean) | undefined {
  if (kind === 'module') return () => false;
  if (kind === 'pattern') return (name) => matches(value.toLowerCase(), name);
  if (kind !== 'aclcat') return undefined;
  const category = `@${value.toLowerCase()}`;
  return (name) => categoriesOf(name).includes(category);
}

function keysIn(table: CommandTable, words: readonly string[]): FoundKey[] {
  const whole = find(table, words[0] ?? '');
  const row = whole?.subcommands ? whole.subcommands.get((words[1] ?? '').toLowerCase()) : whole;
  if (!row || words[0]?.includes('|')) throw new CommandError('ERR Invalid command specified');
  const known = factsOf(row);
  if (!hasKeys(known)) throw new CommandError('ERR The command has no key arguments');
  if (!suits(row, words.length)) {
    throw new CommandError('ERR Invalid number of arguments specified for command');
  }
  const found = findKeys(row.name, words);
  if (!found || (found.length === 0 && !known.flags.includes('no_mandatory_keys'))) {
    throw new CommandError('ERR Invalid arguments specified for command');
  }
  return found;
}
