import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { bulk, bulks, EMPTY_ARRAY, integer, OK, type Reply } from '../protocol/reply';
import { command, NO_KEYS } from './command';

/** CLIENT TRACKING, which lets clients keep what they read, and what belongs to it: never on here. */
export const tracking = [
  command('client|tracking', -3, 'noscript', NO_KEYS, track),
  command('client|caching', 3, 'noscript', NO_KEYS, () => {
    throw new CommandError(
      'ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled',
    );
  }),
  command('client|getredir', 2, 'noscript', NO_KEYS, () => integer(-1)),
  command('client|trackinginfo', 2, 'noscript', NO_KEYS, ({ resp }) =>
    resp.map([
      [bulk('flags'), resp.set(bulks(['off']))],
      [bulk('redirect'), integer(-1)],
      [bulk('prefixes'), EMPTY_ARRAY],
    ]),
  ),
];

/** Off is what it is. Nobody is told that a key was changed, so a client must not count on it. */
function track(_session: Session, [word]: [string, ...string[]]): Reply {
  const wanted = word.toLowerCase();
  if (wanted === 'off') return OK;
  if (wanted !== 'on') throw syntaxError();
  throw new CommandError(
    'ERR CLIENT TRACKING is not served by the embedded Redis: let the client keep no cache of its own, or use redis-server',
  );
}
