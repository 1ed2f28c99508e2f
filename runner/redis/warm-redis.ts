import { isDeepStrictEqual } from 'node:util';
import { openConnection } from './connection';
import { drainEventLoop } from './drain-event-loop';
import type { OpenOptions, RedisInstance, RedisSource } from './instance';

/** A source that has an empty Redis open before it is asked for one. */
export interface WarmRedis extends RedisSource {
  /** Opens as many as were asked for since the last time. */
  refill(): void;
  /** Closes those that nobody asked for. */
  close(): Promise<void>;
}

/** What checks ask for. */
const usual: OpenOptions = { keepsToItself: true };

/**
 * So many wait at most: a redis-server takes a few megabytes, the embedded one is a process of Node. A learner's own
 * server is there already, and none of its databases is taken before it is needed.
 */
const most = { server: 12, embedded: 3, url: 0 };

/** Opens Redis in advance for a caller that asks again and again: a server takes a while to start. */
export function openWarmRedis(source: RedisSource): WarmRedis {
  const waiting: Promise<RedisInstance | undefined>[] = [];
  const { kind, version } = source;
  let asked = 0;
  /** So often the check is going to ask in all: as often as the one before it. */
  let expected = 0;
  const openAhead = () => {
    const wanted = Math.min(expected - asked, most[kind]);
    while (waiting.length < wanted) waiting.push(openSoon(source));
  };
  return {
    kind,
    version,
    async open(options = {}) {
      if (!isDeepStrictEqual(options, usual)) return source.open(options);
      asked += 1;
      const next = waiting.shift();
      openAhead();
      const instance = await next;
      if (instance && (await answers(instance))) return instance;
      await instance?.close();
      return source.open(usual);
    },
    refill() {
      expected = asked;
      asked = 0;
      openAhead();
    },
    async close() {
      expected = 0;
      const left = await Promise.all(waiting.splice(0));
      await Promise.all(left.map((instance) => instance?.close()));
    },
  };
}

/** Not before what is to be done now: the verdict of the check before is still to be shown. */
async function openSoon(source: RedisSource): Promise<RedisInstance | undefined> {
  await drainEventLoop();
  // If none can be had, that is an error when it is needed.
  return source.open(usual).catch(() => undefined);
}

/** Somebody may have ended it meanwhile: one task has learners look for a redis-server and kill it. */
async function answers(instance: RedisInstance): Promise<boolean> {
  try {
    const connection = await openConnection(instance);
    await connection.send('PING');
    await connection.close();
    return true;
  } catch {
    return false;
  }
}
