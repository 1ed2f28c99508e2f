import { bulks, type Reply } from '../protocol/reply';
import type { Resp } from '../protocol/resp';
import { matches } from '../store/glob';
import { NAME_COST } from './limits';

/** A client as its subscriptions see it. */
export interface Subscriber {
  readonly channels: Set<string>;
  readonly patterns: Set<string>;
  readonly shardChannels: Set<string>;
  /** Bytes in the names that it is subscribed to, and others that are kept for it. */
  names: number;
  /** The protocol that it speaks. */
  readonly resp: Resp;
  readonly outlet: { write(reply: Reply): void };
}

/** Channels and patterns, and who listens to them. They belong to no database. */
export class Channels {
  readonly byChannel = new Map<string, Set<Subscriber>>();
  readonly byPattern = new Map<string, Set<Subscriber>>();
  /** A channel of a shard and one of the same name that is none are two; here is one shard. */
  readonly byShardChannel = new Map<string, Set<Subscriber>>();

  subscribe(subscriber: Subscriber, channel: string): void {
    if (!subscriber.channels.has(channel)) subscriber.names += channel.length + NAME_COST;
    subscriber.channels.add(channel);
    enter(this.byChannel, channel, subscriber);
  }

  unsubscribe(subscriber: Subscriber, channel: string): void {
    if (subscriber.channels.delete(channel)) subscriber.names -= channel.length + NAME_COST;
    drop(this.byChannel, channel, subscriber);
  }

  subscribePattern(subscriber: Subscriber, pattern: string): void {
    if (!subscriber.patterns.has(pattern)) subscriber.names += pattern.length + NAME_COST;
    subscriber.patterns.add(pattern);
    enter(this.byPattern, pattern, subscriber);
  }

  unsubscribePattern(subscriber: Subscriber, pattern: string): void {
    if (subscriber.patterns.delete(pattern)) subscriber.names -= pattern.length + NAME_COST;
    drop(this.byPattern, pattern, subscriber);
  }

  subscribeShard(subscriber: Subscriber, channel: string): void {
    if (!subscriber.shardChannels.has(channel)) subscriber.names += channel.length + NAME_COST;
    subscriber.shardChannels.add(channel);
    enter(this.byShardChannel, channel, subscriber);
  }

  unsubscribeShard(subscriber: Subscriber, channel: string): void {
    if (subscriber.shardChannels.delete(channel)) subscriber.names -= channel.length + NAME_COST;
    drop(this.byShardChannel, channel, subscriber);
  }

  /** @returns how many got it */
  publishShard(channel: string, message: string): number {
    const listeners = this.byShardChannel.get(channel);
    if (listeners) send(listeners, bulks(['smessage', channel, message]));
    return listeners?.size ?? 0;
  }

  /** @returns how many got it; a client counts once for its channel and once for each pattern */
  publish(channel: string, message: string): number {
    let reached = 0;
    const listeners = this.byChannel.get(channel);
    if (listeners) {
      send(listeners, bulks(['message', channel, message]));
      reached += listeners.size;
    }
    for (const [pattern, subscribers] of this.byPattern) {
      if (!matches(pattern, channel)) continue;
      send(subscribers, bulks(['pmessage', pattern, channel, message]));
      reached += subscribers.size;
    }
    return reached;
  }

  leave(subscriber: Subscriber): void {
    for (const channel of subscriber.channels) this.unsubscribe(subscriber, channel);
    for (const pattern of subscriber.patterns) this.unsubscribePattern(subscriber, pattern);
    for (const channel of subscriber.shardChannels) this.unsubscribeShard(subscriber, channel);
  }
}

function send(subscribers: ReadonlySet<Subscriber>, message: Reply): void {
  for (const { outlet, resp } of subscribers) outlet.write(resp.push(message));
}

function enter(table: Map<string, Set<Subscriber>>, name: string, subscriber: Subscriber): void {
  const subscribers = table.get(name);
  if (subscribers) subscribers.add(subscriber);
  else table.set(name, new Set([subscriber]));
}

function drop(table: Map<string, Set<Subscriber>>, name: string, subscriber: Subscriber): void {
  const subscribers = table.get(name);
  subscribers?.delete(subscriber);
  if (subscribers?.size === 0) table.delete(name);
}
