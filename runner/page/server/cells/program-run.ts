import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Course } from '../../../course/course';
import type { KeyEntry } from '../../../grading/verdict';
import { drainEventLoop } from '../../../redis/drain-event-loop';
import { foreignFrame } from '../../../report/terminal/transcript';
import type { Isolation } from '../../../sandbox/isolation/level';
import { defaultLimits } from '../../../sandbox/process/limits';
import type { Exit, Program } from '../../../sandbox/process/program';
import { Sandbox } from '../../../sandbox/sandbox';
import type { WireEvent } from '../../protocol';
import { WireLog } from '../wire-log';
import { changedKeys } from './left-keys';
import type { Room } from './room';
import type { Transcript } from './transcript';

/** What is to run. */
export interface RunnableProgram {
  /** As its lane is called. */
  name: string;
  /** Absolute; or only a name where there is a text. */
  file: string;
  /** What runs in place of a file: it gets one for as long as it runs. */
  text?: string;
  /** The folder that it works in, absolute. */
  folder: string;
  /** Modules to load in place of others, both absolute. Of a text they are named as if beside it. */
  replaced: Record<string, string>;
  course: Course;
}

/** A program that was started in a lesson's text, while it runs: a sandbox of its own on the room's Redis. */
export class ProgramRun {
  readonly sandbox: Sandbox;
  readonly program: Program;
  readonly ended: Promise<void>;
  readonly #room: Room;
  readonly #transcript: Transcript;
  readonly #log: WireLog;
  readonly #before: KeyEntry[];
  readonly #timer: NodeJS.Timeout;
  #quiet = 0;
  #isFull = false;
  #stopped = false;

  private constructor(
    room: Room,
    transcript: Transcript,
    { sandbox, program, before }: { sandbox: Sandbox; program: Program; before: KeyEntry[] },
  ) {
    this.#room = room;
    this.#transcript = transcript;
    this.sandbox = sandbox;
    this.program = program;
    this.#before = before;
    this.#log = new WireLog(sandbox.journal);
    this.#timer = setInterval(() => this.#look(), lookEvery);
    this.ended = program.exited.then((exit) => this.#end(exit));
  }

  /** @throws EnvironmentError where it cannot be started */
  static async start(
    room: Room,
    transcript: Transcript,
    what: RunnableProgram,
    isolation: Isolation,
  ): Promise<ProgramRun> {
    const { name, text, folder, course } = what;
    const before = await room.keys();
    const sandbox = await Sandbox.open(room.source, {
      isolation,
      kept: mostKept,
      shared: room.shared,
      seen: [course.folder],
    });
    try {
      const file = path.resolve(sandbox.folder, what.file);
      const near = Object.entries(what.replaced).map(([name, by]) => [
        path.resolve(sandbox.folder, name),
        by,
      ]);
      if (text !== undefined) writeFileSync(file, text);
      const program = await sandbox.start({
        name,
        file,
        folder,
        replaced: Object.fromEntries(near),
        lent: course.packages,
        tools: course.tools,
        reader: course.reader,
        limits,
        onListening: (port) => transcript.become({ state: 'runs', words: '', port }),
      });
      return new ProgramRun(room, transcript, { sandbox, program, before });
    } catch (error) {
      await sandbox.close();
      throw error;
    }
  }

  /** Ends it, if it has not ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.program.stop();
    await this.ended;
  }

  #look(): void {
    const events = this.#take();
    if (events > 0) this.#quiet = 0;
    else this.#quiet += 1;
    // It goes on, and has done for now what there was to do.
    if (this.#quiet === quietLooks) void this.#lookAtKeys();
  }

  #take(): number {
    const events = this.#log
      .take()
      .filter((event) => !isForeign(event) && !isOfRequest(event))
      .map((event) => this.#withoutFolder(event));
    this.#transcript.see(events);
    this.#sayIfFull();
    return events.length;
  }

  /** It goes on unseen: nobody is to think that it does nothing. */
  #sayIfFull(): void {
    const { wire, output } = this.sandbox.journal;
    if (this.#isFull || Math.max(wire.length, output.length) < mostKept) return;
    this.#isFull = true;
    this.#transcript.become({ ...this.#transcript.status, words: 'Runs; more is not shown here.' });
  }

  /** Where a cell lies while it runs tells nobody anything. */
  #withoutFolder(event: WireEvent): WireEvent {
    const { folder } = this.sandbox;
    return event.kind === 'errors' && event.text.includes(folder)
      ? { ...event, text: event.text.replaceAll(folder + path.sep, '') }
      : event;
  }

  async #lookAtKeys(): Promise<void> {
    this.#transcript.left(changedKeys(this.#before, await this.#room.keys()));
  }

  async #end(exit: Exit): Promise<void> {
    clearInterval(this.#timer);
    await drainEventLoop();
    this.#take();
    await this.#lookAtKeys();
    await this.sandbox.close();
    const stopped = this.#stopped && exit.by === 'stop';
    this.#transcript.become({
      state: 'ended',
      words: stopped ? 'Stopped.' : howEnded(exit),
      well: stopped || exit.code === 0,
    });
  }
}

function isForeign({ kind, text }: WireEvent): boolean {
  return kind === 'errors' && foreignFrame.test(text);
}

/** Whoever asked a server has its answer by itself. */
function isOfRequest({ kind, connection }: WireEvent): boolean {
  return kind === 'http' || (kind === 'reply' && connection === undefined);
}

/** In milliseconds: often enough for the eye. */
const lookEvery = 50;
/** So many looks at which nothing came: a third of a second. */
const quietLooks = 7;

/** Minutes until what goes on is taken for forgotten. */
const longest = 10;
/** Entries of the wire, and lines: what a page can show below a cell. */
const mostKept = 2000;

const limits = { ...defaultLimits, time: longest * 60_000 };

function howEnded({ code, signal, by }: Exit): string {
  if (by) return broken[by];
  if (signal) return `Ended by ${signal}.`;
  return code === 0 ? 'Ended.' : `Ended with exit code ${code}.`;
}

const broken: Record<NonNullable<Exit['by']>, string> = {
  time: `Stopped: it was busy for five seconds without a pause, or ran for ${longest} minutes.`,
  output: 'Stopped: it printed more than there is room for.',
  memory: 'Stopped: it took more memory than a program may have.',
  commands: `Stopped: it sent more than ${limits.commands} commands.`,
  channel: 'Stopped: it closed the workbook’s own line to it.',
  forgery: 'Stopped: it wrote on the workbook’s own line.',
  stop: 'Stopped.',
};
