import os from 'node:os';
import { type Graded, gradeLesson, rememberVerdict } from '../course/grading';
import type { Lesson } from '../course/lesson';
import type { GradingMonitor } from '../grading/grading-monitor';
import { sideBySide } from '../grading/side-by-side';
import type { Outcome } from '../grading/verdict';
import type { RedisSource } from '../redis/instance';
import type { Chosen } from '../sandbox/isolation/choose';
import { ProgressLine } from './progress-line';
import { type ExitCode, redisName, type Session } from './session';
import { spinner } from './spinner';

/** One more than the machine has cores: while a lesson waits for a timer of its own, another has the core. */
const atOnce = os.availableParallelism() + 1;

/** The lessons that words on the command line name, course by course; all in its scope if there are none. */
export function chosen(session: Session, words: readonly string[]): readonly Lesson[] {
  if (words.length === 0) return session.scope.flatMap(({ lessons }) => lessons);
  const named = new Set(words.map((word) => session.find(word).lesson));
  const courses = new Set(Array.from(named, (lesson) => session.of(lesson).course));
  return [...courses].flatMap(({ lessons }) => lessons.filter((lesson) => named.has(lesson)));
}

/**
 * Grades lessons side by side and remembers the verdicts; a line says meanwhile how far it has come.
 * @param show what to write of each, in the lessons' order, below the name of the Redis; nothing is
 * written without it
 */
export async function gradeLessons(
  session: Session,
  lessons: readonly Lesson[],
  show?: (graded: Graded) => string,
): Promise<Graded[]> {
  const [redis, isolation] = await Promise.all([session.redis(), session.isolation()]);
  if (show) session.say(redisLine(session, redis, isolation));
  const all: Graded[] = [];
  const progress = new ProgressLine(lessons);
  const busy = await spinner(session, (line) => progress.words(line.room, line.glyphs));
  const grade = async (lesson: Lesson, signal: AbortSignal) => {
    const monitor = progress.begin(lesson);
    const graded = await gradeOne(session.of(lesson), lesson, { signal, monitor });
    progress.end(graded);
    return graded;
  };
  try {
    for await (const graded of sideBySide(lessons, atOnce, grade, session.signal)) {
      all.push(graded);
      remember(session, graded);
      if (!show) continue;
      busy.pause();
      session.say(show(graded));
      busy.go();
    }
  } finally {
    busy.stop();
  }
  return all;
}

/** Grades what is there of a lesson now; the caller remembers the verdict. */
export async function gradeOne(
  session: Session,
  lesson: Lesson,
  { signal, monitor }: { signal: AbortSignal; monitor: GradingMonitor },
): Promise<Graded> {
  const { options, warmPool } = session;
  const { course, workspace } = session.of(lesson);
  const [redis, { isolation }] = await Promise.all([session.redis(), session.isolation()]);
  return gradeLesson({
    lesson,
    course,
    folder: workspace.folder,
    solution: options.solution ?? false,
    redis,
    isolation,
    warmPool,
    signal,
    monitor,
  });
}

/** Remembers a verdict on the learner's own files; if it cannot be written, that is said, once. */
export function remember(session: Session, graded: Graded): void {
  if (session.options.solution || isOfEnvironment(graded)) return;
  session.remember((workspace) => rememberVerdict(workspace, graded.lesson.course, graded));
}

/** 3 if this machine kept a file from being graded, otherwise 0 if all passed, or 1. */
export function exitCodeOf(all: readonly Graded[]): ExitCode {
  if (all.some(isOfEnvironment)) return 3;
  return all.every(({ verdict }) => verdict.verdict === 'passed') ? 0 : 1;
}

function isOfEnvironment({ verdict }: Graded): boolean {
  return verdict.parts.some(({ finding }) => finding?.environment);
}

/** The Redis in use, above verdicts; and what holds programs, if that is not what it always can be. */
export function redisLine(
  { screen }: Session,
  redis: RedisSource,
  { isolation }: Pick<Chosen, 'isolation'>,
): string {
  const holds = { walls: '; programs behind walls', guard: '', none: '; programs held by nothing' };
  return screen.paint('dim', `  ${redisName(redis)}${holds[isolation]}\n`);
}

/** How many passed, failed and are missing, and how to see the first of those in full. */
export function summary(session: Session, all: readonly Graded[]): string {
  const { paint } = session.screen;
  const count = (outcome: Outcome) =>
    all.filter(({ verdict }) => verdict.verdict === outcome).length;
  const parts = [
    paint('green', `${count('passed')} passed`),
    ...(count('failed') ? [paint('red', `${count('failed')} failed`)] : []),
    ...(count('missing') ? [paint('yellow', `${count('missing')} missing`)] : []),
  ];
  const first = all.find(({ verdict }) => verdict.verdict !== 'passed');
  const how = first
    ? `\n  In full: ${session.command(`check ${session.addressOf(first.lesson)}`)}`
    : '';
  return `  ${parts.join(', ')}${how}`;
}
