import type { Session } from '../engine/session';
import { CommandError, syntaxError, wrongArity } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { array, bulk, bulks, integer, OK, PONG, status } from '../protocol/reply';
import { VERSION } from '../protocol/version';
import { command, NO_KEYS } from './command';
import { toDatabase } from './select';

/** What a client says first and last, and to see whether anyone is there. */
export const handshake = [
  command('ping', -1, 'pubsub fast', NO_KEYS, (session, words: string[]) => {
    if (words.length > 1) throw wrongArity('ping');
    if (session.subscriptions > 0) return bulks(['pong', words[0] ?? '']);
    return words[0] === undefined ? PONG : bulk(words[0]);
  }),
  command('echo', 2, 'fast', NO_KEYS, (_session, [text]: [string]) => bulk(text)),
  command('select', 2, 'fast', NO_KEYS, (session, [index]: [string]) => {
    session.db = session.host.database(toDatabase(index));
    return OK;
  }),
  command('quit', -1, 'pubsub unqueued noscript fast', NO_KEYS, (session) => {
    session.outlet.write(OK);
    session.outlet.end();
    return undefined;
  }),
  command('reset', 1, 'pubsub unqueued noscript fast', NO_KEYS, (session) => {
    session.reset();
    return status('RESET');
  }),
  command('auth', -2, 'noscript fast', NO_KEYS, (_session, words: string[]) => {
    if (words.length > 2) throw syntaxError();
    const [user] = words;
    if (words.length === 2) {
      if (user === 'default') return OK;
      throw new CommandError('WRONGPASS invalid username-password pair or user is disabled.');
    }
    throw new CommandError(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  }),
  command('hello', -1, 'noscript fast', NO_KEYS, hello),
];

/** RESP2 only: a client that asks for more gets the error of a Redis that lacks it. */
function hello(session: Session, [version, ...words]: string[]): string {
  if (version !== undefined) {
    const unfit = () => new CommandError('ERR Protocol version is not an integer or out of range');
    if (toInteger(version, unfit) !== 2)
      throw new CommandError('NOPROTO unsupported protocol version');
  }
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    if (word === 'auth' && at + 2 < words.length) at += 2;
    else if (word === 'setname' && at + 1 < words.length) session.name = words[++at] ?? '';
    else throw new CommandError(`ERR Syntax error in HELLO option '${words[at]}'`);
  }
  return array([
    bulk('server'),
    bulk('redis'),
    bulk('version'),
    bulk(VERSION),
    bulk('proto'),
    integer(2),
    bulk('id'),
    integer(session.id),
    bulk('mode'),
    bulk('standalone'),
    bulk('role'),
    bulk('master'),
    bulk('modules'),
    bulks([]),
  ]);
}
