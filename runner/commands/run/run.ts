import path from 'node:path';
import { type Planned, planFile, planLesson } from '../../course/run-plan';
import type { Evidence } from '../../grading/verdict';
import { expectLoopback } from '../../redis/loopback';
import { evidenceText } from '../evidence-text';
import { type ExitCode, redisName, type Session } from '../session';
import { OutputPrinter } from './output-printer';
import { programOf } from './run-program';
import { RunRedis } from './run-redis';

/** A run that is over. */
export interface Ran {
  code: ExitCode;
  /** What was seen; absent where Redis was gone before one could look. */
  evidence?: Evidence;
}

/** `run N…`: runs what the learner wrote; with --timeline or --keys it then shows what was seen. */
export async function run(session: Session, words: readonly string[]): Promise<ExitCode> {
  const { timeline, keys } = session.options;
  if (!timeline && !keys) return (await runAll(session, words)).code;
  const { takingInterrupts } = await import('../interrupt');
  const { code, evidence } = await takingInterrupts(session.signal, (stop) =>
    runAll(session, words, stop),
  );
  if (evidence) session.say(evidenceText(evidence, session.options, session.screen));
  return code;
}

/**
 * Runs programs, their output as it comes. Several, named or of one lesson, run side by side on
 * the same Redis, which begins with the learner's own dump.
 * @param stop ends the run, and the run alone; without it the session's end does
 */
export async function runAll(
  session: Session,
  words: readonly string[],
  stop: AbortSignal = session.signal,
): Promise<Ran> {
  const programs = plan(session, words);
  const [first] = programs;
  const { course } = first ? session.of(first.lesson) : session;
  if (programs.some(({ lesson }) => lesson.ask)) await expectLoopback();
  // In one's own workspace the code is one's own.
  const isolated = session.workspace.readOnly
    ? session.isolation()
    : { isolation: 'none' as const };
  const [source, { isolation }] = await Promise.all([session.redis(), isolated]);
  announce(session, programs, redisName(source));
  const { runPrograms } = await import('../../sandbox/run');
  const printer = new OutputPrinter(session, programs.length > 1);
  const redis = new RunRedis(session.at(course), programs);
  const started = await Promise.all(programs.map(programOf));
  try {
    const ends = await runPrograms({
      programs: started.map((one, at) => {
        const own = programs[at] ? session.of(programs[at].lesson).course : course;
        return { ...one, lent: own.packages, tools: own.tools, reader: own.reader };
      }),
      redis: source,
      isolation,
      seen: [course.folder],
      ...(redis.rdb === undefined ? {} : { rdb: redis.rdb }),
      signal: stop,
      onOutput: (chunk, stream, name) => printer.hear(chunk, stream, name),
      onListening: (asked, port, name) => noteServer(session, programs, { asked, port, name }),
      onOpen: (sandbox) => redis.opened(sandbox),
      onRest: () => noteIdle(session, programs),
      onEnd: (sandbox) => redis.look(sandbox),
    });
    printer.finish();
    session.signal.throwIfAborted();
    const seen = redis.evidence ? { evidence: redis.evidence } : {};
    if (stop.aborted) return { code: 0, ...seen };
    ends.forEach((end, index) => {
      if (end.code !== 0) session.note(`${programs[index]?.name} ${howEnded(end)}.`);
    });
    return { code: ends.every(({ code }) => code === 0) ? 0 : 1, ...seen };
  } finally {
    redis.close();
  }
}

function plan(session: Session, words: readonly string[]): Planned[] {
  const solution = session.options.solution ?? false;
  const all = words.flatMap((word) => {
    const { lesson, file } = session.find(word);
    const { course, workspace } = session.of(lesson);
    const request = { course, workspace, solution };
    return file === undefined ? planLesson(request, lesson) : [planFile(request, lesson, file)];
  });
  // Two lessons may name the same pair of programs.
  return all.filter((one, at) => all.findIndex(({ name }) => name === one.name) === at);
}

function announce(session: Session, programs: readonly Planned[], redis: string): void {
  const names = listed(programs.map(({ file }) => path.basename(file)));
  session.note(`${names}, on ${redis}. Ctrl-C stops the run.`);
  const absent = programs.filter(({ standIn }) => standIn).map(({ name }) => name);
  if (absent.length > 0) {
    session.note(`Not written yet, so the worked version stands in: ${listed(absent)}.`);
  }
}

function noteServer(
  session: Session,
  programs: readonly Planned[],
  { asked, port, name }: { asked: number; port: number; name: string },
): void {
  if (asked !== port) {
    session.note(
      `Port ${asked} is in use by another program: your server answers on port ${port}.`,
    );
  }
  const ask = programs.find((program) => program.name === name)?.lesson.ask ?? ['/'];
  session.note('The server listens. In another terminal:');
  for (const one of ask) session.note(`  curl localhost:${port}${one}`);
}

/** Said where a person looks on: stillness is no fault. */
function noteIdle(session: Session, programs: readonly Planned[]): void {
  if (!session.screen.live || programs.some(({ lesson }) => lesson.ask)) return;
  const who = programs.length === 1 ? 'It waits' : 'They wait';
  session.note(`${who}: nothing more comes by itself. Ctrl-C stops the run.`);
}

function howEnded(end: { code: number | null; signal: string | null; by?: string }): string {
  if (end.by) return `broke its limit of ${end.by}`;
  return end.signal ? `was ended by ${end.signal}` : `ended with exit code ${end.code}`;
}

function listed(names: readonly string[]): string {
  return names.length < 3
    ? names.join(' and ')
    : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
