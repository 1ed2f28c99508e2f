import { array, bulk, bulks, integer, type Reply } from '../protocol/reply';
import { subscriptionPush } from '../server/channels';
import type { Session } from '../server/session';
import { matches } from '../store/glob';
import { command, family, NO_KEYS } from './command';

/** Publishing, subscribing, and looking at who is subscribed. */
export const pubsub = [
  command('publish', 3, 'fast', NO_KEYS, ({ engine }, args: [string, string]) =>
    integer(engine.channels.publish(args[0], args[1])),
  ),
  command('subscribe', -2, 'pubsub noscript', NO_KEYS, (session, names: string[]) =>
    tell('subscribe', session, names, (name) => session.engine.channels.subscribe(session, name)),
  ),
  command('psubscribe', -2, 'pubsub noscript', NO_KEYS, (session, names: string[]) =>
    tell('psubscribe', session, names, (name) =>
      session.engine.channels.subscribePattern(session, name),
    ),
  ),
  command('unsubscribe', -1, 'pubsub noscript', NO_KEYS, (session, names: string[]) =>
    tell('unsubscribe', session, names.length > 0 ? names : [...session.channels], (name) =>
      session.engine.channels.unsubscribe(session, name),
    ),
  ),
  command('punsubscribe', -1, 'pubsub noscript', NO_KEYS, (session, names: string[]) =>
    tell('punsubscribe', session, names.length > 0 ? names : [...session.patterns], (name) =>
      session.engine.channels.unsubscribePattern(session, name),
    ),
  ),
  family('pubsub', [
    command('pubsub|channels', -2, 'fast', NO_KEYS, ({ engine }, [pattern = '*']: string[]) =>
      bulks([...engine.channels.byChannel.keys()].filter((name) => matches(pattern, name))),
    ),
    command('pubsub|numsub', -2, 'fast', NO_KEYS, ({ engine }, names: string[]) =>
      array(
        names.flatMap((name) => [
          bulk(name),
          integer(engine.channels.byChannel.get(name)?.size ?? 0),
        ]),
      ),
    ),
    command('pubsub|numpat', 2, 'fast', NO_KEYS, ({ engine }) =>
      integer(engine.channels.byPattern.size),
    ),
  ]),
];

/** One push a name, each with the number of subscriptions after it; one without a name for none. */
function tell(
  kind: string,
  session: Session,
  names: readonly string[],
  act: (name: string) => void,
): Reply {
  if (names.length === 0) return subscriptionPush(kind, undefined, session.subscriptions);
  let pushes = '';
  for (const name of names) {
    act(name);
    pushes += subscriptionPush(kind, name, session.subscriptions);
  }
  return pushes;
}
