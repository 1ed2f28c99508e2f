import path from 'node:path';
import { followSaves } from '../course/folder/saves';
import { endings } from '../course/folder/workspace';
import type { Lesson } from '../course/lesson';
import { lookUp } from '../course/lookup';
import { check } from './check';
import type { ExitCode, Session } from './session';

/**
 * `watch [N]` where nobody presses keys: grades a lesson again at each save of one of its files,
 * one verdict below the other, until Ctrl-C.
 */
export async function watch(session: Session, word: string | undefined): Promise<ExitCode> {
  const lessons = word === undefined ? session.lessons : [lookUp(session.lessons, word).lesson];
  const { folder } = session.workspace;
  const files = new Map(lessons.flatMap((lesson) => filesOf(lesson, folder)));
  const queue = new Set<Lesson>();
  let wake: () => void = () => {};
  let running: { lesson: Lesson; cancel: AbortController } | undefined;
  const stop = await followSaves(folder, (file) => {
    const lesson = files.get(path.resolve(file));
    if (!lesson) return;
    queue.add(lesson);
    if (running?.lesson === lesson) running.cancel.abort();
    wake();
  });
  session.signal.addEventListener('abort', () => wake());
  const ends = [stop];
  /** A new save makes the check of the old one pointless. */
  const grade = async (lesson: Lesson) => {
    const cancel = new AbortController();
    running = { lesson, cancel };
    try {
      const signal = AbortSignal.any([session.signal, cancel.signal]);
      await check(session.with({}, signal), [lesson.id]);
      session.refillAhead();
    } catch (error) {
      if (!cancel.signal.aborted) throw error;
    } finally {
      running = undefined;
    }
  };
  try {
    ends.push(await session.warmUp());
    const [only] = lessons;
    if (lessons.length === 1 && only) await grade(only);
    session.note(`Waiting for you to save a file in ${folder}. Ctrl-C ends it.`);
    while (!session.signal.aborted) {
      const [lesson] = queue;
      if (lesson) {
        queue.delete(lesson);
        await grade(lesson);
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    session.signal.throwIfAborted();
    return 0;
  } finally {
    await Promise.all(ends.map((end) => end()));
  }
}

function filesOf(lesson: Lesson, folder: string): [string, Lesson][] {
  return lesson.files.flatMap((name) =>
    endings(lesson, name).map((ending): [string, Lesson] => [
      path.join(folder, name + ending),
      lesson,
    ]),
  );
}
