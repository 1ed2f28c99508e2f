import path from 'node:path';
import type { Lesson } from '../course/lesson';
import { lookUp } from '../course/lookup';
import { followSaves } from '../course/saves';
import { endings } from '../course/workspace';
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
  const stop = await followSaves(folder, (file) => {
    const lesson = files.get(path.resolve(file));
    if (lesson) queue.add(lesson);
    wake();
  });
  session.signal.addEventListener('abort', () => wake());
  try {
    const [only] = lessons;
    if (lessons.length === 1 && only) await check(session, [only.id]);
    session.note(`Waiting for you to save a file in ${folder}. Ctrl-C ends it.`);
    while (!session.signal.aborted) {
      const [lesson] = queue;
      if (lesson) {
        queue.delete(lesson);
        await check(session, [lesson.id]);
      } else {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    }
    session.signal.throwIfAborted();
    return 0;
  } finally {
    await stop();
  }
}

function filesOf(lesson: Lesson, folder: string): [string, Lesson][] {
  return lesson.files.flatMap((name) =>
    endings(name).map((ending): [string, Lesson] => [path.join(folder, name + ending), lesson]),
  );
}
