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
    confirm('subscribe', session, names, (name) => session.host.channels.subscribe(session, name)),
  ),
  command('psubscribe', -2, 'pubsub noscript', (session, names: string[]) =>
    confirm('psubscribe', session, names, (name) =>
      session.host.channels.subscribePattern(session, name),
    ),
  ),
  command('unsubscribe', -1, 'pubsub noscript', (session, names: string[]) =>
    confirm('unsubscribe', session, names.length > 0 ? names : [...session.channels], (name) =>
      session.host.channels.unsubscribe(session, name),
    ),
  ),
  command('punsubscribe', -1, 'pubsub noscript', (session, names: string[]) =>
    confirm('punsubscribe', session, names.length > 0 ? names : [...session.patterns], (name) =>
      session.host.channels.unsubscribePattern(session, name),
    ),
  ),
  command('spublish', 3, 'pubsub fast', ({ host }, args: [string, string]) =>
    integer(host.channels.publishShard(args[0], args[1])),
  ),
  command('ssubscribe', -2, 'pubsub noscript', subscribeShards),
  command('sunsubscribe', -1, 'pubsub noscript', (session, names: string[]) =>
    confirm(
      'sunsubscribe',
      session,
      names.length > 0 ? names : [...session.shardChannels],
      (name) => session.host.channels.unsubscribeShard(session, name),
    ),
  ),
  family('pubsub', [
    command('pubsub|channels', -2, '', ({ host }, [pattern = '*']: string[]) =>
      bulks([...host.channels.byChannel.keys()].filter((name) => matches(pattern, name))),
    ),
    command('pubsub|numsub', -2, '', ({ host }, names: string[]) =>
      array(
        names.flatMap((name) => [
          bulk(name),
          integer(host.channels.byChannel.get(name)?.size ?? 0),
        ]),
      ),
    ),
    command('pubsub|shardchannels', -2, '', ({ host }, [pattern = '*']: string[]) =>
      bulks([...host.channels.byShardChannel.keys()].filter((name) => matches(pattern, name))),
    ),
    command('pubsub|shardnumsub', -2, '', ({ host }, names: string[]) =>
      array(
        names.flatMap((name) => [
          bulk(name),
          integer(host.channels.byShardChannel.get(name)?.size ?? 0),
        ]),
      ),
    ),
    command('pubsub|numpat', 2, '', ({ host }) => integer(host.channels.byPattern.size)),
  ]),
];

/** In a transaction it is refused, which SUBSCRIBE is not. */
function subscribeShards(session: Session, names: string[]): Reply {
  if (!session.mayBlock) {
    throw new CommandError("ERR SSUBSCRIBE isn't allowed for a DENY BLOCKING client");
  }
  const { channels } = session.host;
  return confirm('ssubscribe', session, names, (name) => channels.subscribeShard(session, name));
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
  if (names.length === 0) return confirmation(undefined);
  let pushes = '';
  for (const name of names) {
    act(name);
    pushes += confirmation(name);
  }
  return pushes;
}
