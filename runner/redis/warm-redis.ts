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

/** More than any check asks for at once. */
const most = 3;

/**
 * Opens Redis in advance for a caller that asks again and again: a server takes a while to start. A learner's own
 * server is there already, and none of its databases is taken before it is needed.
 */
export function openWarmRedis(source: RedisSource): WarmRedis {
  const waiting: Promise<RedisInstance | undefined>[] = [];
  let asked = 0;
  return {
    kind: source.kind,
    version: source.version,
    async open(options = {}) {
      const isUsual = isDeepStrictEqual(options, usual);
      if (!isUsual || source.kind === 'url') return source.open(options);
      asked += 1;
      const instance = await waiting.shift();
      if (instance && (await answers(instance))) return instance;
      await instance?.close();
      return source.open(usual);
    },
    refill() {
      const wanted = Math.min(asked, most);
      asked = 0;
      while (waiting.length < wanted) waiting.push(openSoon(source));
    },
    async close() {
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
