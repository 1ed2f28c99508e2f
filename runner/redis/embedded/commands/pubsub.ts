import type { Listeners } from '../engine/listeners';
import type { Session } from '../engine/session';
import { CommandError } from '../protocol/command-error';
import { array, bulk, bulks, integer, type Reply } from '../protocol/reply';
import { matches } from '../store/glob';
import { command, family } from './command';

/** Publishing, subscribing, and looking at who is subscribed. */
export const pubsub = [
  command('publish', 3, 'fast', ({ host }, args: [string, string]) =>
    integer(host.channels.publish(args[0], args[1])),
  ),
  command('subscribe', -2, 'pubsub noscript', (session, names: string[]) =>
    subscribe('subscribe', session, session.host.channels.byChannel, names),
  ),
  command('psubscribe', -2, 'pubsub noscript', (session, names: string[]) =>
    subscribe('psubscribe', session, session.host.channels.byPattern, names),
  ),
  command('unsubscribe', -1, 'pubsub noscript', (session, names: string[]) =>
    unsubscribe('unsubscribe', session, session.host.channels.byChannel, names),
  ),
  command('punsubscribe', -1, 'pubsub noscript', (session, names: string[]) =>
    unsubscribe('punsubscribe', session, session.host.channels.byPattern, names),
  ),
  command('spublish', 3, 'pubsub fast', ({ host }, args: [string, string]) =>
    integer(host.channels.publishShard(args[0], args[1])),
  ),
  command('ssubscribe', -2, 'pubsub noscript', subscribeShards),
  command('sunsubscribe', -1, 'pubsub noscript', (session, names: string[]) =>
    unsubscribe('sunsubscribe', session, session.host.channels.byShardChannel, names),
  ),
  family('pubsub', [
    command('pubsub|channels', -2, '', ({ host }, [pattern]: string[]) =>
      names(host.channels.byChannel, pattern),
    ),
    command('pubsub|numsub', -2, '', ({ host }, asked: string[]) =>
      counts(host.channels.byChannel, asked),
    ),
    command('pubsub|shardchannels', -2, '', ({ host }, [pattern]: string[]) =>
      names(host.channels.byShardChannel, pattern),
    ),
    command('pubsub|shardnumsub', -2, '', ({ host }, asked: string[]) =>
      counts(host.channels.byShardChannel, asked),
    ),
    command('pubsub|numpat', 2, '', ({ host }) => integer(host.channels.byPattern.size)),
  ]),
];

/** In a transaction it is refused, which SUBSCRIBE is not. */
function subscribeShards(session: Session, names: string[]): Reply {
  if (!session.mayBlock) {
    throw new CommandError("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
  }
  return subscribe('ssubscribe', session, session.host.channels.byShardChannel, names);
}

function subscribe(
  kind: string,
  session: Session,
  listeners: Listeners,
  names: readonly string[],
): Reply {
  return confirm(kind, session, names, (name) => listeners.add(session, name));
}

/** From the names given, or from all of that kind. */
function unsubscribe(
  kind: string,
  session: Session,
  listeners: Listeners,
  names: readonly string[],
): Reply {
  const left = names.length > 0 ? names : [...listeners.namesOf(session)];
  return confirm(kind, session, left, (name) => listeners.remove(session, name));
}

function names(listeners: Listeners, pattern = '*'): Reply {
  return bulks(listeners.names().filter((name) => matches(pattern, name)));
}

function counts(listeners: Listeners, asked: readonly string[]): Reply {
  return array(asked.flatMap((name) => [bulk(name), integer(listeners.to(name)?.size ?? 0)]));
}

/** One confirmation for each name, each with the number of subscriptions of its kind after it; one without a name for none. */
function confirm(
  kind: string,
  session: Session,
  names: readonly string[],
  act: (name: string) => void,
): Reply {
  const { resp } = session;
  const sharded = kind.startsWith('s') && kind !== 'subscribe';
  const count = () => {
    const { subscriptions, shardChannels } = session;
    return integer(sharded ? shardChannels.size : subscriptions - shardChannels.size);
  };
  const confirmation = (name: string | undefined) =>
    resp.push(array([bulk(kind), resp.bulkOrNil(name), count()]));
  // They go out even where CLIENT REPLY has asked for silence.
  const told = (pushes: Reply) => {
    if (session.replies === 'on') return pushes;
    session.outlet.push(pushes);
    return '';
  };
  if (names.length === 0) return told(confirmation(undefined));
  let pushes = '';
  for (const name of names) {
    act(name);
    pushes += confirmation(name);
  }
  return told(pushes);
}
