import type { Session } from '../engine/session';
import { array, bulk, bulks, integer, type Reply } from '../protocol/reply';
import { matches } from '../store/glob';
import { command, family, NO_KEYS } from './command';

/** Publishing, subscribing, and looking at who is subscribed. */
export const pubsub = [
  command('publish', 3, 'fast', NO_KEYS, ({ host }, args: [string, string]) =>
    integer(host.channels.publish(args[0], args[1])),
  ),
  command('subscribe', -2, 'pubsub noscript', NO_KEYS, (session, names: string[]) =>
    confirm('subscribe', session, names, (name) => session.host.channels.subscribe(session, name)),
  ),
  command('psubscribe', -2, 'pubsub noscript', NO_KEYS, (session, names: string[]) =>
    confirm('psubscribe', session, names, (name) =>
      session.host.channels.subscribePattern(session, name),
    ),
  ),
  command('unsubscribe', -1, 'pubsub noscript', NO_KEYS, (session, names: string[]) =>
    confirm('unsubscribe', session, names.length > 0 ? names : [...session.channels], (name) =>
      session.host.channels.unsubscribe(session, name),
    ),
  ),
  command('punsubscribe', -1, 'pubsub noscript', NO_KEYS, (session, names: string[]) =>
    confirm('punsubscribe', session, names.length > 0 ? names : [...session.patterns], (name) =>
      session.host.channels.unsubscribePattern(session, name),
    ),
  ),
  family('pubsub', [
    command('pubsub|channels', -2, '', NO_KEYS, ({ host }, [pattern = '*']: string[]) =>
      bulks([...host.channels.byChannel.keys()].filter((name) => matches(pattern, name))),
    ),
    command('pubsub|numsub', -2, '', NO_KEYS, ({ host }, names: string[]) =>
      array(
        names.flatMap((name) => [
          bulk(name),
          integer(host.channels.byChannel.get(name)?.size ?? 0),
        ]),
      ),
    ),
    command('pubsub|numpat', 2, '', NO_KEYS, ({ host }) => integer(host.channels.byPattern.size)),
  ]),
];

/** One confirmation for each name, each with the number of subscriptions after it; one without a name for none. */
function confirm(
  kind: string,
  session: Session,
  names: readonly string[],
  act: (name: string) => void,
): Reply {
  const { resp } = session;
  const confirmation = (name: string | undefined) =>
    resp.push(array([bulk(kind), resp.bulkOrNil(name), integer(session.subscriptions)]));
  if (names.length === 0) return confirmation(undefined);
  let pushes = '';
  for (const name of names) {
    act(name);
    pushes += confirmation(name);
  }
  return pushes;
}
