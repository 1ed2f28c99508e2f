import path from 'node:path';
import type { ExitCode, Session } from './session';

/** `redis`: a prompt at a Redis of its own, which loads and saves the workspace's dump.rdb. */
export async function playground(session: Session): Promise<ExitCode> {
  const source = await session.redis();
  const { redisPrompt } = await import('./redis');
  const rdb = path.join(session.workspace.folder, 'dump.rdb');
  const { input, output } = session.streams;
  await redisPrompt(source, { rdb, input, output });
  return 0;
}
