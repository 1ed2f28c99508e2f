import { CommandError, noScript, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { array, bulk, flag, OK } from '../protocol/reply';
import { type Command, type CommandTable, command, family } from './command';
import { functions } from './functions';
import { ScriptCaller } from './script-call';
import { carry, expectAllowed, kill } from './script-run';

/**
 * Lua scripts: running them and keeping them.
 * @param table what scripts may run, looked into when a script runs, so it may be filled later
 */
export function scripting(table: CommandTable): Command[] {
  return [
    runner(table, 'eval', false),
    runner(table, 'eval_ro', true),
    runner(table, 'evalsha', false),
    runner(table, 'evalsha_ro', true),
    script,
    ...functions(table),
  ];
}

/** EVAL and its like. @param reading the script may only read */
function runner(table: CommandTable, name: string, reading: boolean): Command {
  const byDigest = name.startsWith('evalsha');
  const flags = reading ? 'noscript readonly' : 'noscript';
  return command(name, -3, flags, (session, [text = '', ...args]: string[], engine) => {
    if (byDigest && text.length !== 40) throw noScript();
    const count = keyCount(args);
    const digest = byDigest ? text : engine.scripts.load(text);
    const [keys, rest] = [args.slice(1, 1 + count), args.slice(1 + count)];
    const said = engine.scripts.flags(digest);
    if (said) expectAllowed(engine, table, said, reading);
    const readsOnly = reading || said?.has('no-writes') === true;
    const anySize = said?.has('allow-oom') === true;
    const caller = new ScriptCaller(engine, table, session, keys, readsOnly, anySize);
    return carry(
      engine,
      session,
      caller,
      'SCRIPT',
      engine.scripts.start(digest, keys, rest, caller),
    );
  });
}

const script = family('script', [
  command('script|load', 3, 'noscript', (_session, [text]: [string], engine) =>
    bulk(engine.scripts.load(text)),
  ),
  command('script|exists', -3, 'noscript', (_session, digests: string[], engine) =>
    array(digests.map((digest) => flag(engine.scripts.has(digest)))),
  ),
  command('script|flush', -2, 'noscript', (_session, words: string[], engine) => {
    if (words.length > 1 || (words[0] !== undefined && !/^(a?sync)$/i.test(words[0]))) {
      throw new CommandError('ERR SCRIPT FLUSH only support SYNC|ASYNC option');
    }
    engine.scripts.flush();
    return OK;
  }),
  command('script|kill', 2, 'noscript', (_session, _words, engine) => kill(engine, 'SCRIPT')),
  command('script|debug', 3, 'noscript', (_session, [mode]: [string]) => {
    if (mode.toLowerCase() === 'no') return OK;
    throw syntaxError();
  }),
]);

function keyCount(args: readonly string[]): number {
  const count = toInteger(args[0] ?? '');
  if (count > args.length - 1) {
    throw new CommandError("ERR Number of keys can't be greater than number of args");
  }
  if (count < 0) throw new CommandError("ERR Number of keys can't be negative");
  return count;
}
