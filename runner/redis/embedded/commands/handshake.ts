import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import { CommandError, untilZero, wrongArity } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { bulk, bulks, EMPTY_ARRAY, integer, OK, PONG, type Reply, status } from '../protocol/reply';
import { type Resp, resp2, resp3 } from '../protocol/resp';
import { VERSION } from '../protocol/version';
import { authenticate, authentication } from './authentication';
import { toClientName } from './client-name';
import { command } from './command';
import { toDatabase } from './select';

/** What a client says first and last, and to see whether anyone is there. */
export const handshake = [
  command('ping', -1, 'pubsub fast', (session, words: string[]) => {
    if (words.length > 1) throw wrongArity('ping');
    if (session.subscriptions > 0 && session.resp.version === 2)
      return bulks(['pong', words[0] ?? '']);
    return words[0] === undefined ? PONG : bulk(words[0]);
  }),
  command('echo', 2, 'fast', (_session, [text]: [string]) => bulk(text)),
  command('select', 2, 'fast', (session, [index]: [string]) => {
    session.db = session.host.database(toDatabase(index));
    return OK;
  }),
  command('quit', -1, 'pubsub unqueued noscript fast', (session) => {
    session.outlet.write(OK);
    session.outlet.end();
    return undefined;
  }),
  command('reset', 1, 'pubsub unqueued noscript fast', (session) => {
    session.reset();
    return status('RESET');
  }),
  authentication,
  command('hello', -1, 'noscript fast', hello),
];

/** Chooses the protocol and says who is there; options before one that is refused count, as in Redis. */
function hello(
  session: Session,
  [version, ...words]: string[],
  _engine: Engine,
  typed: string,
): Reply {
  const resp = version === undefined ? session.resp : toResp(version);
  for (let at = 0; at < words.length; at += 1) {
    const [option = '', first, second] = words.slice(at);
    const word = option.toLowerCase();
    if (word === 'auth' && first !== undefined && second !== undefined) {
      authenticate(session, first, second, typed);
      at += 2;
    } else if (word === 'setname' && first !== undefined) {
      session.name = toClientName(first);
      at += 1;
    } else throw new CommandError(`ERR Syntax error in HELLO option '${untilZero(option)}'`);
  }
  if (session.isStranger) {
    throw new CommandError(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    );
  }
  session.resp = resp;
  return resp.map([
    [bulk('server'), bulk('redis')],
    [bulk('version'), bulk(VERSION)],
    [bulk('proto'), integer(resp.version)],
    [bulk('id'), integer(session.id)],
    [bulk('mode'), bulk('standalone')],
    [bulk('role'), bulk('master')],
    [bulk('modules'), EMPTY_ARRAY],
  ]);
}

function toResp(text: string): Resp {
  const unfit = () => new CommandError('ERR Protocol version is not an integer or out of range');
  const version = toInteger(text, unfit);
  if (version === 2) return resp2;
  if (version === 3) return resp3;
  throw new CommandError('NOPROTO unsupported protocol version');
}
