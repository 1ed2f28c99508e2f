import path from 'node:path';
import { followSaves } from '../../course/folder/saves';
import { endings } from '../../course/folder/workspace';
import type { Lesson } from '../../course/lesson';
import { GradingMonitor } from '../../grading/grading-monitor';
import { verdictReport } from '../../report/terminal/verdict-report';
import { typedSteps } from '../check';
import { redisLine, remember } from '../grade-lessons';
import type { ExitCode, Session } from '../session';
import { EventQueue } from './event-queue';
import { type Checked, LatestCheck } from './latest-check';
import { ProblemRounds } from './problem-rounds';

/**
 * `watch [N]` at no terminal: grades a lesson again at each save of one of its files, one verdict
 * below the other, until Ctrl-C; with --problems what an editor reads of them.
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
  const rounds = session.options.problems ? new ProblemRounds(session) : undefined;
  const check = new LatestCheck(
    session,
    (checked, lesson) => {
      // At once: the check of another lesson may begin right behind it.
      rounds?.end(lesson, checked);
      ended.push(checked);
    },
    (lesson) => {
      rounds?.begin(lesson);
      return new GradingMonitor();
    },
  );
  const stopSaves = followSaves(folder, (file) => {
    const lesson = files.get(path.resolve(file));
    if (lesson) check.start(lesson);
  });
  const ends: (() => unknown)[] = [stopSaves];
  const next = async () => take(session, await ended.next());
  try {
    ends.push(await session.warmUp());
    const [only] = lessons;
    if (lessons.length === 1 && only) {
      check.start(only);
      await next();
    }
    session.note(`Waiting for you to save a file in ${folder}. Ctrl-C ends it.`);
    for (;;) await next();
  } finally {
    check.cancel();
    ended.close();
    await Promise.all(ends.map((end) => end()));
  }
}

async function take(session: Session, checked: Checked): Promise<void> {
  if ('error' in checked) throw checked.error;
  const { graded } = checked;
  remember(session, graded);
  if (session.options.problems) return;
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
