import { bulk, bulks, integer } from '../protocol/reply';
import { matches } from '../store/glob';
import { NAME_COST, type Session } from './session';

/** Channels and patterns, and who listens to them. They belong to no database. */
export class Channels {
  readonly byChannel = new Map<string, Set<Session>>();
  readonly byPattern = new Map<string, Set<Session>>();

  subscribe(session: Session, channel: string): void {
    if (!session.channels.has(channel)) session.names += channel.length + NAME_COST;
    session.channels.add(channel);
    enter(this.byChannel, channel, session);
  }

  unsubscribe(session: Session, channel: string): void {
    if (session.channels.delete(channel)) session.names -= channel.length + NAME_COST;
    drop(this.byChannel, channel, session);
  }

  subscribePattern(session: Session, pattern: string): void {
    if (!session.patterns.has(pattern)) session.names += pattern.length + NAME_COST;
    session.patterns.add(pattern);
    enter(this.byPattern, pattern, session);
  }

  unsubscribePattern(session: Session, pattern: string): void {
    if (session.patterns.delete(pattern)) session.names -= pattern.length + NAME_COST;
    drop(this.byPattern, pattern, session);
  }

  /** @returns how many got it; a session counts once for its channel and once a pattern */
  publish(channel: string, message: string): number {
    let reached = 0;
    const listeners = this.byChannel.get(channel);
    if (listeners) {
      const push = bulks(['message', channel, message]);
      for (const session of listeners) session.outlet.write(push);
      reached += listeners.size;
    }
    for (const [pattern, sessions] of this.byPattern) {
      if (!matches(pattern, channel)) continue;
      const push = bulks(['pmessage', pattern, channel, message]);
      for (const session of sessions) session.outlet.write(push);
      reached += sessions.size;
    }
    return reached;
  }

  leave(session: Session): void {
    for (const channel of session.channels) this.unsubscribe(session, channel);
    for (const pattern of session.patterns) this.unsubscribePattern(session, pattern);
  }
}

/** The push that tells a client what it is subscribed to now. */
export function subscriptionPush(kind: string, name: string | undefined, count: number): string {
  return `*3\r\n${bulk(kind)}${bulk(name)}${integer(count)}`;
}

function enter(table: Map<string, Set<Session>>, name: string, session: Session): void {
  const sessions = table.get(name);
  if (sessions) sessions.add(session);
  else table.set(name, new Set([session]));
}

function drop(table: Map<string, Set<Session>>, name: string, session: Session): void {
  const sessions = table.get(name);
  sessions?.delete(session);
  if (sessions?.size === 0) table.delete(name);
}
