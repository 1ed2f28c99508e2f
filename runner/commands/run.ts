import path from 'node:path';
import { workedVersion } from '../course/catalogue';
import { UsageFault } from '../course/fault';
import { lookUp } from '../course/lookup';
import { findFile } from '../course/workspace';
import { voiceLine } from '../report/transcript';
import { Lines } from '../sandbox/lines';
import { type ExitCode, redisName, type Session } from './session';
import { sharedRedis } from './shared-redis';

/** One program to run. */
interface Runnable {
  name: string;
  file: string;
}

/**
 * `run N…`: runs what the learner wrote, its output as it comes. Several programs, named or of one
 * lesson, run side by side on the same Redis; each starts once the one before it has spoken.
 */
export async function run(session: Session, words: readonly string[]): Promise<ExitCode> {
  const programs = words.flatMap((word) => runnables(session, word));
  const { runProgram } = await import('../sandbox/run');
  const source = await session.redis();
  const redis = sharedRedis(source);
  const names = programs.map(({ file }) => path.basename(file)).join(' and ');
  session.note(
    session.screen.paint('dim', `  ${names}, on ${redisName(source)}. Ctrl-C stops the run.`),
  );
  const speaker = new Speaker(session, programs.length > 1);
  try {
    const ends: Promise<{ code: number | null; signal: string | null }>[] = [];
    for (const { name, file } of programs) {
      const voice = speaker.voice(name);
      const end = runProgram({ file, redis, signal: session.signal, onOutput: voice.hear });
      ends.push(end);
      end.catch(() => {});
      await Promise.race([voice.spoke, end]);
    }
    const results = await Promise.all(ends);
    session.signal.throwIfAborted();
    speaker.finish();
    results.forEach(({ code, signal }, index) => {
      if (code === 0) return;
      const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
      session.note(`  ${programs[index]?.name} ${how}.`);
    });
    return results.every(({ code }) => code === 0) ? 0 : 1;
  } finally {
    speaker.finish();
    await redis.close();
  }
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

/** Writes what programs print: behind a bar on a terminal, as it is elsewhere. */
class Speaker {
  readonly #lines: Lines[] = [];
  #last: string | undefined;

  constructor(
    private readonly session: Session,
    private readonly named: boolean,
  ) {}

  voice(name: string) {
    let spoken: () => void = () => {};
    const spoke = new Promise<void>((resolve) => {
      spoken = resolve;
    });
    const { output, errors } = this.session.streams;
    const voices = {
      stdout: this.splitter((text) => this.speak(name, 'stdout', text)),
      stderr: this.splitter((text) => this.speak(name, 'stderr', text)),
    };
    const hear = (chunk: Buffer, stream: 'stdout' | 'stderr') => {
      if (output.isTTY) voices[stream].push(chunk);
      else (stream === 'stdout' ? output : errors).write(chunk);
      spoken();
    };
    return { hear, spoke };
  }

  /** Writes what came without a line end. Safe to call twice. */
  finish(): void {
    for (const line of this.#lines) line.end();
  }

  private splitter(write: (text: string) => void): Lines {
    const splitter = new Lines(write);
    this.#lines.push(splitter);
    return splitter;
  }

  private speak(name: string, stream: 'stdout' | 'stderr', text: string): void {
    const { screen } = this.session;
    if (this.named && name !== this.#last) this.session.say(`  ${screen.paint('dim', name)}`);
    this.#last = name;
    this.session.say(voiceLine({ stream, text }, screen).join('\n'));
  }
}
