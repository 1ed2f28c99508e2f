import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import type { Library } from '../lua/library';
import { CommandError, untilZero } from '../protocol/command-error';
import { isInteger } from '../protocol/numbers';
import { array, bulk, bulks, integer, OK, type Reply, status } from '../protocol/reply';
import type { Resp } from '../protocol/resp';
import { matches } from '../store/glob';
import { type Command, type CommandTable, command, family } from './command';
import { functionRestore } from './function-restore';
import { ScriptCaller } from './script-call';
import { busyWith, carry, expectAllowed, kill } from './script-run';
import { wrongSubcommand } from './wrong-subcommand';

/**
 * Libraries of Lua functions: keeping them, and running their functions.
 * @param table what functions may run, looked into when one runs, so it may be filled later
 */
export function functions(table: CommandTable): Command[] {
  return [caller(table, 'fcall', false), caller(table, 'fcall_ro', true), library];
}

/** @param reading only functions that say that they write nothing */
function caller(table: CommandTable, name: string, reading: boolean): Command {
  const flags = reading ? 'noscript readonly' : 'noscript';
  return command(name, -3, flags, (session, words: string[], engine, typed) => {
    const [called = '', ...args] = words;
    const found = engine.functions.get(called);
    if (!found) throw new CommandError('ERR Function not found');
    const count = keyCount(args);
    expectAllowed(engine, table, found.flags, reading);
    const [keys, rest] = [args.slice(1, 1 + count), args.slice(1 + count)];
    const writes = !found.flags.has('no-writes');
    const anySize = found.flags.has('allow-oom');
    const lua = new ScriptCaller(engine, table, session, keys, !writes, anySize);
    const run = engine.functions.start(found, keys, rest, lua);
    return carry(engine, session, lua, 'FUNCTION', run, [typed, ...words]);
  });
}

function keyCount(args: readonly string[]): number {
  const given = args[0] ?? '';
  if (!isInteger(given)) throw new CommandError('ERR Bad number of keys provided');
  const count = Number(given);
  if (count > args.length - 1) {
    throw new CommandError("ERR Number of keys can't be greater than number of args");
  }
  if (count < 0) throw new CommandError("ERR Number of keys can't be negative");
  return count;
}

const library = family('function', [
  command('function|load', -3, 'write noscript', (_session, words: string[], engine) => {
    const options = words.slice(0, -1);
    for (const option of options) {
      if (option.toLowerCase() !== 'replace') {
        throw new CommandError(`ERR Unknown option given: ${untilZero(option)}`);
      }
    }
    const name = engine.functions.load(words.at(-1) ?? '', options.length > 0);
    engine.dirty += 1;
    return bulk(name);
  }),
  command('function|delete', 3, 'write noscript', (_session, [name]: [string], engine) => {
    engine.functions.delete(name);
    engine.dirty += 1;
    return OK;
  }),
  command('function|list', -2, 'noscript', ({ resp }, words: string[], engine) => {
    const { withCode, pattern } = listOptions(words);
    const shown = engine.functions.libraries.filter(
      ({ name }) => pattern === undefined || matches(pattern.toLowerCase(), name.toLowerCase()),
    );
    return array(shown.map((one) => libraryReply(resp, one, withCode)));
  }),
  command('function|flush', -2, 'write noscript', (_session, words: string[], engine, typed) => {
    if (words.length > 1) throw wrongSubcommand('function', typed);
    if (words[0] !== undefined && !/^a?sync$/i.test(words[0])) {
      throw new CommandError('ERR FUNCTION FLUSH only supports SYNC|ASYNC option');
    }
    engine.functions.flush();
    engine.dirty += 1;
    return OK;
  }),
  command('function|stats', 2, 'noscript', (session, _words, engine) => stats(session, engine)),
  command('function|kill', 2, 'noscript', (_session, _words, engine) => kill(engine, 'FUNCTION')),
  ...functionRestore,
]);

function listOptions(words: readonly string[]) {
  let [withCode, pattern] = [false, undefined as string | undefined];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (!withCode && word.toLowerCase() === 'withcode') withCode = true;
    else if (pattern === undefined && word.toLowerCase() === 'libraryname') {
      pattern = words[++at];
      if (pattern === undefined) throw new CommandError('ERR library name argument was not given');
    } else throw new CommandError(`ERR Unknown argument ${untilZero(word)}`);
  }
  return { withCode, pattern };
}

function libraryReply(resp: Resp, { name, code, functions }: Library, withCode: boolean): Reply {
  const rows = functions.map((one) =>
    resp.map([
      [bulk('name'), bulk(one.name)],
      [bulk('description'), resp.bulkOrNil(one.description)],
      [bulk('flags'), resp.set(array(Array.from(one.flags, status)))],
    ]),
  );
  return resp.map([
    [bulk('library_name'), bulk(name)],
    [bulk('engine'), bulk('LUA')],
    [bulk('functions'), array(rows)],
    ...(withCode ? [[bulk('library_code'), bulk(code)] as const] : []),
  ]);
}

function stats({ resp }: Session, { busy, functions }: Engine): Reply {
  const { run } = busy;
  if (run?.kind === 'SCRIPT') throw busyWith('SCRIPT');
  const running =
    run &&
    resp.map([
      [bulk('name'), bulk(functions.get(run.words[1] ?? '')?.name ?? '')],
      [bulk('command'), bulks(run.words)],
      [bulk('duration_ms'), integer(busy.duration)],
    ]);
  const counts = resp.map([
    [bulk('libraries_count'), integer(functions.libraries.length)],
    [bulk('functions_count'), integer(functions.count)],
  ]);
  return resp.map([
    [bulk('running_script'), running ?? resp.nil],
    [bulk('engines'), resp.map([[bulk('LUA'), counts]])],
  ]);
}
