import path from 'node:path';
import { followSaves } from '../../course/folder/saves';
import { endings } from '../../course/folder/workspace';
import type { Lesson } from '../../course/lesson';
import { verdictReport } from '../../report/terminal/verdict-report';
import { typedSteps } from '../check';
import { redisLine, remember } from '../grade-lessons';
import type { ExitCode, Session } from '../session';
import { EventQueue } from './event-queue';
import { type Checked, LatestCheck } from './latest-check';

/**
 * `watch [N]` at no terminal: grades a lesson again at each save of one of its files, one verdict
 * below the other, until Ctrl-C.
 */
export async function watch(session: Session, word: string | undefined): Promise<ExitCode> {
  const lessons =
    word === undefined
      ? session.scope.flatMap((course) => course.lessons)
      : [session.find(word).lesson];
  for (const lesson of lessons) void session.of(lesson).workspace;
  const { folder } = session.workspace;
  const files = new Map(lessons.flatMap((lesson) => filesOf(lesson, folder)));
  const ended = new EventQueue<Checked>(session.signal);
  const check = new LatestCheck(session, (checked) => ended.push(checked));
  const stopSaves = followSaves(folder, (file) => {
    const lesson = files.get(path.resolve(file));
    if (lesson) check.start(lesson);
  });
  const ends: (() => unknown)[] = [stopSaves];
  try {
    ends.push(await session.warmUp());
    const [only] = lessons;
    if (lessons.length === 1 && only) {
      check.start(only);
      await show(session, await ended.next());
    }
    session.note(`Waiting for you to save a file in ${folder}. Ctrl-C ends it.`);
    for (;;) await show(session, await ended.next());
  } finally {
    check.cancel();
    ended.close();
    await Promise.all(ends.map((end) => end()));
  }
}

async function show(session: Session, checked: Checked): Promise<void> {
  if ('error' in checked) throw checked.error;
  const { graded } = checked;
  remember(session, graded);
  session.say(redisLine(session, await session.redis(), await session.isolation()));
  session.say(verdictReport(graded, session.screen, typedSteps(session, graded)));
}

function filesOf(lesson: Lesson, folder: string): [string, Lesson][] {
  return lesson.files.flatMap((name) =>
    endings(lesson, name).map((ending): [string, Lesson] => [
      path.join(folder, name + ending),
      lesson,
    ]),
  );
}
