import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { openConnection } from '../connection';
import { embeddedRedis } from '../embedded/server/source';
import { EnvironmentError, type RedisInstance } from '../instance';
import { RedisReplyError } from '../protocol/resp';
import type { CreateOptions } from './redis.d.cts';

/** Serves what `createRedis` was asked for, tells its port, and ends when it is told to. */
async function serve({ port = 0, password, file }: CreateOptions): Promise<void> {
  const rdb = file === undefined ? undefined : path.resolve(file);
  const instance = await embeddedRedis().open({ port, ...(rdb === undefined ? {} : { rdb }) });
  if (password) await say(instance, ['CONFIG', 'SET', 'requirepass', password]);
  parentPort?.once('message', () => {
    const preamble = password ? [['AUTH', password]] : [];
    const saved = rdb === undefined ? undefined : say({ ...instance, preamble }, ['SAVE']);
    Promise.resolve(saved)
      .finally(() => instance.close())
      .then(() => tell(0), tellFault)
      .finally(() => parentPort?.close());
  });
  const { address } = instance;
  tell('port' in address ? address.port : 0);
}

/** @throws RedisReplyError where it is refused */
async function say(
  instance: Pick<RedisInstance, 'address' | 'preamble'>,
  command: readonly string[],
): Promise<void> {
  const connection = await openConnection(instance);
  try {
    await connection.send(...command);
  } finally {
    await connection.close();
  }
}

function tell(port: number): void {
  parentPort?.postMessage({ port });
}

/** @throws what is no fault of the surroundings */
function tellFault(error: unknown): void {
  if (!(error instanceof EnvironmentError || error instanceof RedisReplyError)) throw error;
  const next = error instanceof EnvironmentError ? ` ${error.next}` : '';
  parentPort?.postMessage({ port: 0, fault: error.message + next });
}

serve(workerData).catch((error: unknown) => {
  tellFault(error);
  parentPort?.close();
});
