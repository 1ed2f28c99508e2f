import type { Session } from '../engine/session';
import { CommandError, untilZero } from '../protocol/command-error';
import { flag, integer, type Reply } from '../protocol/reply';
import { command } from './command';
import { deadline } from './deadline';

type Key = [key: string];
type Timed = [key: string, time: string, ...options: string[]];

/** When keys go: setting it, asking for it, taking it away. */
export const expiry = [
  command('expire', -3, 'write fast', (session, args: Timed) =>
    expire(session, args, 'ex', 'expire'),
  ),
  command('pexpire', -3, 'write fast', (session, args: Timed) =>
    expire(session, args, 'px', 'pexpire'),
  ),
  command('expireat', -3, 'write fast', (session, args: Timed) =>
    expire(session, args, 'exat', 'expireat'),
  ),
  command('pexpireat', -3, 'write fast', (session, args: Timed) =>
    expire(session, args, 'pxat', 'pexpireat'),
  ),
  command('ttl', 2, 'readonly fast', (session, [key]: Key) =>
    left(session, key, (at) => Math.floor((at - Date.now() + 500) / 1000)),
  ),
  command('pttl', 2, 'readonly fast', (session, [key]: Key) =>
    left(session, key, (at) => at - Date.now()),
  ),
  command('expiretime', 2, 'readonly fast', (session, [key]: Key) =>
    left(session, key, (at) => Math.floor((at + 500) / 1000)),
  ),
  command('pexpiretime', 2, 'readonly fast', (session, [key]: Key) =>
    left(session, key, (at) => at),
  ),
  command('persist', 2, 'write fast', ({ db }, [key]: Key) => flag(db.persist(key))),
];

/** -2 for no such key, -1 for one that stays. */
function left({ db }: Session, key: string, convert: (at: number) => number): Reply {
  if (!db.has(key)) return integer(-2);
  const at = db.expiry(key);
  return integer(at === undefined ? -1 : Math.max(0, convert(at)));
}

function expire({ db }: Session, args: Timed, unit: string, name: string): Reply {
  const [key, time, ...words] = args;
  const options = expireOptions(words);
  const at = deadline(unit, time, name);
  if (db.get(key) === undefined) return flag(false);
  const before = db.expiry(key);
  const refused =
    (options.has('nx') && before !== undefined) ||
    (options.has('xx') && before === undefined) ||
    (options.has('gt') && (before === undefined || at <= before)) ||
    (options.has('lt') && before !== undefined && at >= before);
  if (!refused) db.expireAt(key, at, 'expire');
  return flag(!refused);
}

function expireOptions(words: readonly string[]): Set<string> {
  const options = new Set(words.map((word) => word.toLowerCase()));
  for (const [at, word] of words.entries()) {
    if (/^(nx|xx|gt|lt)$/i.test(word)) continue;
    throw new CommandError(`ERR Unsupported option ${untilZero(words[at] ?? '')}`);
  }
  if (options.has('nx') && options.size > 1) {
    throw new CommandError('ERR NX and XX, GT or LT options at the same time are not compatible');
  }
  if (options.has('gt') && options.has('lt')) {
    throw new CommandError('ERR GT and LT options at the same time are not compatible');
  }
  return options;
}
