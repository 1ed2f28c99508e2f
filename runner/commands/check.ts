import os from 'node:os';
import { type Graded, gradeLesson, rememberVerdict } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { lookUp } from '../course/lookup';
import { sideBySide } from '../course/side-by-side';
import { UsageError } from '../course/usage-error';
import type { Outcome } from '../grading/verdict';
import { junitMark, junitReport } from '../report/junit';
import type { KeyHint } from '../report/terminal/keys';
import { verdictLine, verdictReport } from '../report/terminal/verdict-report';
import { ProgressLine } from './progress-line';
import { resultPath, writeResult } from './result-file';
import { type ExitCode, redisName, type Session } from './session';
import { spinner } from './spinner';

/** What a face offers below a verdict: commands to type, or keys to press. */
export interface NextSteps {
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
  face: (graded: Graded) => NextSteps = (graded) => typed(session, graded),
): Promise<ExitCode> {
  const lessons = chosen(session, words);
  const { json, junit } = session.options;
  // The folder is opened first: a wrong one is told before a Redis is looked for.
  void session.workspace;
  const file = typeof junit === 'string' ? junitFile(session, junit) : undefined;
  const silent = json || junit === true;
  const redis = await session.redis();
  if (!silent) session.say(session.screen.paint('dim', `  ${redisName(redis)}\n`));
  const all: Graded[] = [];
  const tally = new ProgressLine(lessons);
  const busy = await spinner(session, (line) => tally.words(line.room, line.glyphs));
  try {
    for await (const graded of gradeAll(session, lessons, tally)) {
      all.push(graded);
      if (!session.options.solution) remember(session, graded);
      if (silent) continue;
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
  if (junit !== undefined) {
    const text = junitReport(redis, all, new Date());
    if (file === undefined) session.say(text);
    else writeResult(file, text);
  }
  if (json) {
    const { jsonReport } = await import('../report/json');
    session.say(JSON.stringify(jsonReport(redis, all), null, 2));
  } else if (!silent && all.length > 1) session.say(`\n${summary(session, all)}`);
  return exitCodeOf(all);
}

/** 3 where this machine kept a file from being graded, otherwise 0 if all passed, or 1. */
export function exitCodeOf(all: readonly Graded[]): ExitCode {
  if (all.some(isOfEnvironment)) return 3;
  return all.every(({ verdict }) => verdict.verdict === 'passed') ? 0 : 1;
}

function isOfEnvironment({ verdict }: Graded): boolean {
  return verdict.parts.some(({ finding }) => finding?.environment);
}

/** Grades lessons side by side, as many at once as the machine has cores; the tally is kept. */
export async function* gradeAll(
  session: Session,
  lessons: readonly Lesson[],
  tally: ProgressLine,
): AsyncGenerator<Graded> {
  const redis = await session.redis();
  const { folder } = session.workspace;
  const solution = session.options.solution ?? false;
  const { warmPool } = session;
  const grade = async (lesson: Lesson, signal: AbortSignal) => {
    const monitor = tally.begin(lesson);
    const graded = await gradeLesson({
      lesson,
      lessons: session.lessons,
      folder,
      solution,
      redis,
      warmPool,
      signal,
      monitor,
    });
    tally.end(graded);
    return graded;
  };
  yield* sideBySide(lessons, os.availableParallelism(), grade, session.signal);
}

/** Remembers a verdict; a record that cannot be written is told, and nothing else is lost. */
export function remember(session: Session, graded: Graded): void {
  if (isOfEnvironment(graded)) return;
  session.remember((workspace) => rememberVerdict(workspace, graded));
}

/** @throws UsageFault for a name that is no XML file's: a lesson's number, say */
function junitFile(session: Session, given: string): string {
  if (!/\.xml$/i.test(given)) {
    throw new UsageError(
      `"${given}" is not the name of an XML file.`,
      'Name one, as in --junit=verdicts.xml, or write --junit behind the lessons.',
    );
  }
  return resultPath(session, given, { name: 'verdicts.xml', mark: junitMark, option: '--junit' });
}

/** What --timeline and --keys ask for. */
async function lookAt(session: Session, graded: Graded): Promise<void> {
  const { timeline, keys } = session.options;
  if (!timeline && !keys) return;
  const { lookBackOnParts } = await import('./look-back');
  session.say(lookBackOnParts(graded, { timeline, keys }, session.screen));
}

/** The lessons that words on the command line name; all of them where there are none. */
export function chosen(session: Session, words: readonly string[]): Lesson[] {
  if (words.length === 0) return session.lessons;
  const named = new Set(words.map((word) => lookUp(session.lessons, word).lesson));
  return session.lessons.filter((lesson) => named.has(lesson));
}

function typed(session: Session, graded: Graded): NextSteps {
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
  const how = first ? `\n  In full: ${session.command(`check ${first.lesson.number}`)}` : '';
  return `  ${parts.join(', ')}${how}`;
}
