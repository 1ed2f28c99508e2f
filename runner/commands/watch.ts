import path from 'node:path';
import type { Lesson } from '../course/lesson';
import { lookUp } from '../course/lookup';
import { endings } from '../course/workspace';
import { check } from './check';
import type { ExitCode, Session } from './session';

/** `watch [N]`: grades a lesson again at each save of one of its files, until Ctrl-C. */
export async function watch(session: Session, word: string | undefined): Promise<ExitCode> {
  const lessons = word === undefined ? session.lessons : [lookUp(session.lessons, word).lesson];
  const { folder } = session.workspace;
  const { watch: follow } = await import('chokidar');
  const files = new Map(lessons.flatMap((lesson) => filesOf(lesson, folder)));
  const saved = follow(folder, {
    depth: 0,
    ignoreInitial: true,
    awaitWriteFinish: { stabilityThreshold: 80, pollInterval: 20 },
  });
  const queue = new Set<Lesson>();
  let wake: () => void = () => {};
  const onSave = (file: string) => {
    const lesson = files.get(path.resolve(file));
    if (lesson) queue.add(lesson);
    wake();
  };
  saved.on('add', onSave).on('change', onSave);
  session.signal.addEventListener('abort', () => wake());
  const [only] = lessons;
  if (lessons.length === 1 && only) await check(session, [only.id]);
  session.note(`Waiting for you to save a file in ${folder}. Ctrl-C ends it.`);
  try {
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
    await saved.close();
  }
}

function filesOf(lesson: Lesson, folder: string): [string, Lesson][] {
  return lesson.files.flatMap((name) =>
    endings(name).map((ending): [string, Lesson] => [path.join(folder, name + ending), lesson]),
  );
}
