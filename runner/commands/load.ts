import { existsSync } from 'node:fs';
import path from 'node:path';
import { workedVersion } from '../course/course';
import { findFile } from '../course/folder/workspace';
import type { Lesson } from '../course/lesson';
import { UsageError } from '../course/usage-error';
import { loadReport } from '../report/terminal/load-report';
import type { LoadResult } from '../vocabulary/http/load';
import { furtherCommand, furtherVersions, hasFurther } from './further';
import { type ExitCode, redisName, type Session } from './session';
import { spinner } from './spinner';

/** How many server processes each run has, on one Redis. */
const runs = [1, 2];

/**
 * `load N…`: sends many requests at once to the learner's server and shows what was sold. Falling short is no
 * failure: the exit code is 1 only where the server does not start.
 */
export async function load(session: Session, words: readonly string[]): Promise<ExitCode> {
  const lessons = words.map((word) => session.find(word).lesson);
  const given = lessons.map((lesson) => ({ lesson, file: serverOf(session.of(lesson), lesson) }));
  let code: ExitCode = 0;
  for (const { lesson, file } of given) {
    if (!(await loadOne(session.of(lesson), lesson, file))) code = 1;
  }
  return code;
}

async function loadOne(session: Session, lesson: Lesson, file: string): Promise<boolean> {
  const { runLoad } = await import('../vocabulary/http/load');
  const { CheckFailure } = await import('../grading/finding');
  const [redis, { isolation }] = await Promise.all([session.redis(), session.isolation()]);
  session.note(`${path.basename(file)}, on ${redisName(redis)}.`);
  const results: LoadResult[] = [];
  const busy = await spinner(session, () => `Run ${results.length + 1} of ${runs.length}`);
  try {
    for (const servers of runs) {
      results.push(
        await runLoad({
          load: loadOf(lesson),
          file,
          folder: path.dirname(file),
          course: session.course,
          servers,
          redis,
          isolation,
          signal: session.signal,
        }),
      );
      busy.go();
    }
  } catch (error) {
    session.signal.throwIfAborted();
    if (!(error instanceof CheckFailure)) throw error;
    busy.stop();
    session.sayParagraph(`${error.finding.message} ${error.finding.next}`);
    return false;
  } finally {
    busy.stop();
  }
  const cure = hasFurther(lesson) ? furtherCommand(session, lesson) : undefined;
  session.say(loadReport(results, session.screen, cure));
  return true;
}

function loadOf(lesson: Lesson): string {
  return path.join(lesson.folder, 'load.ts');
}

function serverOf(session: Session, lesson: Lesson): string {
  if (!existsSync(loadOf(lesson))) {
    const able = session.shelf.courses
      .flatMap(({ lessons }) => lessons)
      .filter((one) => existsSync(loadOf(one)));
    throw new UsageError(
      `Lesson ${session.addressOf(lesson)} has no server to send requests to.`,
      `These have: ${able.map((one) => session.addressOf(one)).join(', ')}.`,
    );
  }
  const [name = ''] = lesson.files;
  if (session.options.solution) return workedVersion(session.course, name, lesson);
  const [further] = session.options.further ? furtherVersions(session, lesson, [name]) : [];
  const { folder } = session.workspace;
  const file = further?.file ?? findFile(lesson, folder, name);
  if (file !== undefined) return file;
  throw new UsageError(
    `There is no ${name}.ts or ${name}.js in ${folder}.`,
    `Write it first: ${session.command(`show ${session.addressOf(lesson)}`)}`,
  );
}
