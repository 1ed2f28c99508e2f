import { CommandError, noScript, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { array, bulk, flag, OK, type Reply } from '../protocol/reply';
import type { Session } from '../server/session';
import { command, family, NO_KEYS } from './command';

/** Lua scripts: running them and keeping them. */
export const scripting = [
  command('eval', -3, 'noscript', NO_KEYS, (session, args: string[]) =>
    evaluate(session, args, false),
  ),
  command('eval_ro', -3, 'noscript readonly', NO_KEYS, (session, args: string[]) =>
    evaluate(session, args, true),
  ),
  command('evalsha', -3, 'noscript', NO_KEYS, (session, args: string[]) =>
    run(session, args, false),
  ),
  command('evalsha_ro', -3, 'noscript readonly', NO_KEYS, (session, args: string[]) =>
    run(session, args, true),
  ),
  family('script', [
    command('script|load', 3, 'noscript', NO_KEYS, ({ engine }, [text]: [string]) =>
      bulk(engine.scripts.load(text)),
    ),
    command('script|exists', -3, 'noscript', NO_KEYS, ({ engine }, digests: string[]) =>
      array(digests.map((digest) => flag(engine.scripts.has(digest)))),
    ),
    command('script|flush', -2, 'noscript', NO_KEYS, ({ engine }, words: string[]) => {
      if (words.length > 1 || (words[0] !== undefined && !/^(a?sync)$/i.test(words[0]))) {
        throw new CommandError('ERR SCRIPT FLUSH only support SYNC|ASYNC option');
      }
      engine.scripts.flush();
      return OK;
    }),
    command('script|kill', 2, 'noscript', NO_KEYS, () => {
      throw new CommandError('NOTBUSY No scripts in execution right now.');
    }),
    command('script|debug', 3, 'noscript', NO_KEYS, (_session, [mode]: [string]) => {
      if (mode.toLowerCase() === 'no') return OK;
      throw syntaxError();
    }),
  ]),
];

function evaluate(session: Session, [text = '', ...args]: string[], reading: boolean): Reply {
  const count = keyCount(args);
  const digest = session.engine.scripts.load(text);
  return session.engine.scripts.run(session, digest, ...split(args, count), reading);
}

function run(session: Session, [digest = '', ...args]: string[], reading: boolean): Reply {
  if (digest.length !== 40) throw noScript();
  return session.engine.scripts.run(session, digest, ...split(args, keyCount(args)), reading);
}

function keyCount(args: readonly string[]): number {
  const count = toInteger(args[0] ?? '');
  if (count > args.length - 1) {
    throw new CommandError("ERR Number of keys can't be greater than number of args");
  }
  if (count < 0) throw new CommandError("ERR Number of keys can't be negative");
  return count;
}

function split(args: readonly string[], count: number): [keys: string[], rest: string[]] {
  return [args.slice(1, 1 + count), args.slice(1 + count)];
}
