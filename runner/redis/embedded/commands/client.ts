import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { integer, OK, type Reply } from '../protocol/reply';
import { toClientName } from './client-name';
import { command, family, NO_KEYS } from './command';
import { tracking } from './tracking';

/** CLIENT: the connections, this one's name, ending others. */
export const client = family('client', [
  command('client|id', 2, 'noscript', NO_KEYS, ({ id }) => integer(id)),
  command('client|getname', 2, 'noscript', NO_KEYS, ({ name, resp }) =>
    resp.bulkOrNil(name || undefined),
  ),
  command('client|setname', 3, 'noscript', NO_KEYS, (session, [name]: [string]) => {
    session.name = toClientName(name);
    return OK;
  }),
  command('client|info', 2, 'noscript', NO_KEYS, (session) =>
    session.resp.verbatim(`${line(session)}\n`),
  ),
  command('client|list', -2, 'admin noscript', NO_KEYS, list),
  command('client|kill', -3, 'admin noscript', NO_KEYS, kill),
  command('client|no-evict', 3, 'admin noscript', NO_KEYS, (_session, [word]: [string]) => {
    if (!/^(on|off)$/i.test(word)) throw syntaxError();
    return OK;
  }),
  command('client|unblock', -3, 'admin noscript', NO_KEYS, unblock),
  ...tracking,
]);

function list({ resp }: Session, words: string[], engine: Engine): Reply {
  const [option, ...ids] = words.map((word) => word.toLowerCase());
  let chosen = [...engine.sessions.values()];
  if (option === 'id' && ids.length > 0) {
    const unfit = () => new CommandError('ERR Invalid client ID');
    const wanted = new Set(ids.map((id) => toInteger(id, unfit)));
    chosen = chosen.filter(({ id }) => wanted.has(id));
  } else if (option === 'type' && ids.length === 1) {
    chosen = chosen.filter((session) => kindOf(session) === ids[0]);
  } else if (option !== undefined) throw syntaxError();
  return resp.verbatim(chosen.map((session) => `${line(session)}\n`).join(''));
}

function kindOf({ subscriptions }: Session): string {
  return subscriptions > 0 ? 'pubsub' : 'normal';
}

/** A client as CLIENT LIST shows it. */
function line(session: Session): string {
  const seconds = (since: number) => Math.floor((Date.now() - since) / 1000);
  const flags = session.blocked
    ? 'b'
    : session.subscriptions > 0
      ? 'P'
      : session.transaction
        ? 'x'
        : 'N';
  return Object.entries({
    id: session.id,
    addr: session.outlet.address,
    name: session.name,
    age: seconds(session.since),
    idle: seconds(session.lastActive),
    flags,
    db: session.db.index,
    sub: session.channels.size,
    psub: session.patterns.size,
    multi: session.transaction?.queue.length ?? -1,
    cmd: session.lastCommand,
    user: 'default',
    resp: session.resp.version,
  })
    .map(([field, value]) => `${field}=${value}`)
    .join(' ');
}

function kill(session: Session, words: string[], engine: Engine): Reply | undefined {
  const others = [...engine.sessions.values()];
  if (words.length === 1) {
    const found = others.find(({ outlet }) => outlet.address === words[0]);
    if (!found) throw new CommandError('ERR No such client');
    return end(session, [found], OK);
  }
  let chosen = others;
  let skipsSelf = true;
  for (let at = 0; at < words.length; at += 2) {
    const value = words[at + 1];
    const word = (words[at] ?? '').toLowerCase();
    if (value === undefined) throw syntaxError();
    if (word === 'id') {
      const unfit = () => new CommandError('ERR client-id should be greater than 0');
      const id = toInteger(value, unfit);
      if (id < 1) throw unfit();
      chosen = chosen.filter((other) => other.id === id);
    } else if (word === 'addr') chosen = chosen.filter(({ outlet }) => outlet.address === value);
    else if (word === 'type') chosen = chosen.filter((other) => kindOf(other) === value);
    else if (word === 'skipme') skipsSelf = value.toLowerCase() === 'yes';
    else throw syntaxError();
  }
  if (skipsSelf) chosen = chosen.filter((other) => other !== session);
  return end(session, chosen, integer(chosen.length));
}

/** A client that ends itself still gets its reply. */
function end(session: Session, chosen: readonly Session[], reply: Reply): Reply | undefined {
  for (const other of chosen) if (other !== session) other.outlet.kill();
  if (!chosen.includes(session)) return reply;
  session.outlet.write(reply);
  session.outlet.end();
  return undefined;
}

function unblock(
  _session: Session,
  [given = '', how = 'timeout']: string[],
  engine: Engine,
): Reply {
  const other = engine.sessions.get(toInteger(given));
  const reason = how.toLowerCase();
  if (reason !== 'timeout' && reason !== 'error') {
    throw new CommandError('ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR');
  }
  if (!other?.blocked) return integer(0);
  other.blocked.unblock(reason === 'error');
  return integer(1);
}
