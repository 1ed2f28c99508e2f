import { existsSync } from 'node:fs';
import path from 'node:path';
import { snapshotName } from '../../course/course';
import type { Lesson } from '../../course/lesson';
import { findRun, runSnapshot } from '../../course/runs';
import { UsageError } from '../../course/usage-error';
import type { RedisSource } from '../../redis/instance';
import { takingInterrupts } from '../interrupt';
import type { ExitCode, Session } from '../session';
import type { PromptOptions } from './prompt';

/**
 * `redis`: a prompt at a Redis of its own, which loads and saves the workspace's snapshot. With a
 * lesson it is the Redis of that lesson's run: the one that is going on in another terminal, or
 * what the last one left.
 */
export async function playground(session: Session, word?: string): Promise<ExitCode> {
  if (word === undefined) {
    const name = snapshotName(session.course);
    const rdb = name && path.join(session.workspace.folder, name);
    await openPrompt(session, await session.redis(), { rdb });
    return 0;
  }
  const { lesson } = session.find(word);
  const name = session.addressOf(lesson);
  const { folder } = session.of(lesson).workspace;
  const joined = joinedRun(session, lesson);
  if (joined) {
    const greeting = `The Redis of lesson ${name}'s run, which is going on.\nexit leaves it, and the run goes on.`;
    await openPrompt(session, joined, { rdb: undefined, greeting });
    return 0;
  }
  const rdb = runSnapshot(folder, lesson);
  if (!existsSync(rdb)) {
    throw new UsageError(
      `Lesson ${name} has not been run yet, so there is nothing to look at.`,
      `Run it first: ${session.command(`run ${name}`)}`,
    );
  }
  const greeting = `What the last run of lesson ${name} left in Redis.\nWhat you change here is kept by SAVE; exit leaves.`;
  await openPrompt(session, await session.redis(), { rdb, greeting });
  return 0;
}

async function openPrompt(
  session: Session,
  source: RedisSource,
  what: Pick<PromptOptions, 'rdb' | 'greeting'>,
): Promise<void> {
  const { redisPrompt } = await import('./prompt');
  const { input, output } = session.streams;
  const { live, spell } = session.screen;
  const options = { ...what, input, output, spell };
  if (live || !input.isTTY || !output.isTTY) return redisPrompt(source, options);
  await takingInterrupts(session.signal, (interrupts) =>
    redisPrompt(source, { ...options, plain: true, interrupts }),
  );
}

/** The Redis of a run in another terminal, as something to open. */
function joinedRun(session: Session, lesson: Lesson): RedisSource | undefined {
  const running = findRun(session.workspace.folder, lesson);
  if (!running) return undefined;
  const { kind, version, address } = running;
  return {
    kind,
    version,
    open: async () => ({
      kind,
      version,
      address,
      preamble: [],
      shared: false,
      close: async () => {},
    }),
  };
}
