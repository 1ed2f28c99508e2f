import { existsSync } from 'node:fs';
import path from 'node:path';
import { workedVersion } from '../course/catalogue';
import { UsageFault } from '../course/fault';
import { lookUp } from '../course/lookup';
import { findFile } from '../course/workspace';
import { type ExitCode, redisName, type Session } from './session';
import { Speaker } from './speaker';

/** One program to run. */
interface Runnable {
  name: string;
  file: string;
}

/**
 * `run N…`: runs what the learner wrote, its output as it comes. Several programs, named or of one
 * lesson, run side by side on the same Redis, which begins with the learner's own dump.
 * @param stop ends the run, and the run alone; without it the session's end does
 */
export async function run(
  session: Session,
  words: readonly string[],
  stop: AbortSignal = session.signal,
): Promise<ExitCode> {
  const programs = words.flatMap((word) => runnables(session, word));
  const { runPrograms } = await import('../sandbox/run');
  const redis = await session.redis();
  const rdb = path.join(session.workspace.folder, 'dump.rdb');
  const names = programs.map(({ file }) => path.basename(file)).join(' and ');
  session.note(`${names}, on ${redisName(redis)}. Ctrl-C stops the run.`);
  const speaker = new Speaker(session, programs.length > 1);
  const ends = await runPrograms({
    programs,
    redis,
    ...(existsSync(rdb) ? { rdb } : {}),
    signal: stop,
    onOutput: (chunk, stream, name) => speaker.hear(chunk, stream, name),
    onListening: (asked, port) => {
      if (asked !== port) {
        session.note(`Port ${asked} is in use: the server answers on port ${port}.`);
      }
    },
  });
  speaker.finish();
  session.signal.throwIfAborted();
  if (stop.aborted) return 0;
  ends.forEach(({ code, signal, by }, index) => {
    if (code === 0) return;
    const how = by
      ? `broke its limit of ${by}`
      : signal
        ? `was ended by ${signal}`
        : `ended with exit code ${code}`;
    session.note(`${programs[index]?.name} ${how}.`);
  });
  return ends.every(({ code }) => code === 0) ? 0 : 1;
}

function runnables(session: Session, word: string): Runnable[] {
  const { lesson, file } = lookUp(session.lessons, word);
  if (lesson.files.includes('dump.rdb')) {
    throw new UsageFault(
      `Lesson ${lesson.number} has nothing to run: it asks for a dump.`,
      `Make one at the prompt: ${session.command('redis')}`,
    );
  }
  return (file === undefined ? lesson.files : [file]).map((name) => {
    const found = session.options.solution
      ? workedVersion(session.lessons, name)
      : findFile(lesson, session.workspace.folder, name);
    if (found === undefined) {
      throw new UsageFault(
        `There is no ${name}.ts or ${name}.js in ${session.workspace.folder}.`,
        session.workspace.readOnly
          ? 'Give --dir the folder that holds your files.'
          : `The starter comes back with: ${session.command(`reset ${lesson.number}`)}`,
      );
    }
    return { name, file: found };
  });
}
