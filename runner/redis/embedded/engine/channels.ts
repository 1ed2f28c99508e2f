import { bulks, type Reply } from '../protocol/reply';
import { matches } from '../store/glob';
import { Listeners, type Subscriber } from './listeners';

/** Channels and patterns, and who listens to them. They belong to no database. */
export class Channels {
  readonly byChannel = new Listeners(({ channels }) => channels);
  readonly byPattern = new Listeners(({ patterns }) => patterns);
  /** A channel of a shard and one of the same name that is none are two; here is one shard. */
  readonly byShardChannel = new Listeners(({ shardChannels }) => shardChannels);

  /** @returns how many got it */
  publishShard(channel: string, message: string): number {
    return send(this.byShardChannel.to(channel), bulks(['smessage', channel, message]));
  }

  /** @returns how many got it; a client counts once for its channel and once for each pattern */
  publish(channel: string, message: string): number {
    let reached = send(this.byChannel.to(channel), bulks(['message', channel, message]));
    for (const [pattern, subscribers] of this.byPattern.entries()) {
      if (!matches(pattern, channel)) continue;
      reached += send(subscribers, bulks(['pmessage', pattern, channel, message]));
    }
    return reached;
  }

  leave(subscriber: Subscriber): void {
    for (const each of [this.byChannel, this.byPattern, this.byShardChannel])
      each.leave(subscriber);
  }
}

/** @returns how many got it */
function send(subscribers: ReadonlySet<Subscriber> | undefined, message: Reply): number {
  if (!subscribers) return 0;
  for (const { outlet, resp } of subscribers) outlet.push(resp.push(message));
  return subscribers.size;
}
