import os from 'node:os';
import { type Graded, gradeLesson, rememberVerdict } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { lookUp } from '../course/lookup';
import { sideBySide } from '../course/side-by-side';
import type { Outcome } from '../grader/verdict';
import type { KeyHint } from '../report/keys';
import { verdictLine, verdictReport } from '../report/verdict-report';
import { type ExitCode, redisName, type Session } from './session';
import { spinner } from './spinner';

/** What a face offers below a verdict: commands to type, or keys to press. */
export interface Face {
  wholeOutput: string;
  keys: KeyHint[];
}

/**
 * `check [N…]`: grades the lessons named and tells their verdicts in full, or all of them, in a
 * line or two each.
 */
export async function check(
  session: Session,
  words: readonly string[],
  face: (graded: Graded) => Face = (graded) => typed(session, graded),
): Promise<ExitCode> {
  const lessons = chosen(session, words);
  const { json } = session.options;
  // The folder is opened first: a wrong one is told before a Redis is looked for.
  const { workspace } = session;
  const redis = await session.redis();
  if (!json) session.say(session.screen.paint('dim', `  ${redisName(redis)}\n`));
  const all: Graded[] = [];
  const busy = await spinner(session, () => working(all, lessons));
  try {
    for await (const graded of gradeAll(session, lessons)) {
      all.push(graded);
      if (!session.options.solution && !workspace.readOnly) remember(session, graded);
      if (json) continue;
      busy.pause();
      session.say(
        words.length > 0
          ? verdictReport(graded, session.screen, face(graded))
          : verdictLine(graded, session.screen),
      );
      await lookAt(session, graded);
      busy.go();
    }
  } finally {
    busy.stop();
  }
  if (json) {
    const { jsonReport } = await import('../report/json');
    session.say(JSON.stringify(jsonReport(redis, all), null, 2));
  } else if (all.length > 1) session.say(`\n${summary(session, all)}`);
  return all.every(({ verdict }) => verdict.verdict === 'passed') ? 0 : 1;
}

/** Grades lessons side by side, as many at once as the machine has cores. */
export async function* gradeAll(
  session: Session,
  lessons: readonly Lesson[],
): AsyncGenerator<Graded> {
  const redis = await session.redis();
  const { folder } = session.workspace;
  const solution = session.options.solution ?? false;
  const grade = (lesson: Lesson, signal: AbortSignal) =>
    gradeLesson({ lesson, lessons: session.lessons, folder, solution, redis, signal });
  yield* sideBySide(lessons, os.availableParallelism(), grade, session.signal);
}

/** Remembers a verdict; a record that cannot be written is told, and nothing else is lost. */
export function remember(session: Session, graded: Graded): void {
  try {
    rememberVerdict(session.workspace.folder, graded);
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    session.note(`Your progress could not be written (${reason}); the verdict stands.`);
  }
}

/** What --timeline and --keys ask for. */
async function lookAt(session: Session, graded: Graded): Promise<void> {
  const { timeline, keys } = session.options;
  if (!timeline && !keys) return;
  const { lookBackOnParts } = await import('./look-back');
  session.say(lookBackOnParts(graded, { timeline, keys }, session.screen));
}

function chosen(session: Session, words: readonly string[]): Lesson[] {
  if (words.length === 0) return session.lessons;
  const named = new Set(words.map((word) => lookUp(session.lessons, word).lesson));
  return session.lessons.filter((lesson) => named.has(lesson));
}

function working(done: readonly Graded[], lessons: readonly Lesson[]): string {
  const [only] = lessons;
  if (lessons.length === 1 && only) return `Checking lesson ${only.number}`;
  const passed = done.filter(({ verdict }) => verdict.verdict === 'passed').length;
  return `Checking: ${done.length} of ${lessons.length} done, ${passed} passed`;
}

function typed(session: Session, graded: Graded): Face {
  const { number, files } = graded.lesson;
  const wholeOutput = files[0] === 'dump.rdb' ? '' : session.command(`run ${number}`);
  return { wholeOutput, keys: onward(session, graded) };
}

function onward(session: Session, { lesson, verdict }: Graded): KeyHint[] {
  if (session.options.solution || session.workspace.readOnly) return [];
  const { number } = lesson;
  const next = session.lessons.find((other) => other.number > number);
  if (verdict.verdict === 'passed') {
    return [
      { key: session.command(`solution ${number}`), does: 'the worked version' },
      ...(next
        ? [{ key: session.command(`show ${next.number}`), does: `next: ${next.title}` }]
        : []),
    ];
  }
  return [
    { key: session.command(`hint ${number}`), does: 'a hint' },
    { key: session.command(`check ${number}`), does: 'check again' },
  ];
}

function summary(session: Session, all: readonly Graded[]): string {
  const { paint } = session.screen;
  const count = (outcome: Outcome) =>
    all.filter(({ verdict }) => verdict.verdict === outcome).length;
  const parts = [
    paint('green', `${count('passed')} passed`),
    ...(count('failed') ? [paint('red', `${count('failed')} failed`)] : []),
    ...(count('missing') ? [paint('yellow', `${count('missing')} missing`)] : []),
  ];
  const first = all.find(({ verdict }) => verdict.verdict !== 'passed');
  const how = first ? `\n  In full: ${session.command(`check ${first.lesson.number}`)}` : '';
  return `  ${parts.join(', ')}${how}`;
}
