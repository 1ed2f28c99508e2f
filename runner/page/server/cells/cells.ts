import path from 'node:path';
import type { Session } from '../../../commands/session';
import { workedVersion } from '../../../course/course';
import { findFile, isStarter } from '../../../course/folder/workspace';
import { isSnapshot, type Lesson } from '../../../course/lesson';
import { planLesson } from '../../../course/run-plan';
import { UsageError } from '../../../course/usage-error';
import type { CellRun, LeftKey, ServerAnswers } from '../../protocol';
import type { EventStream } from '../event-stream';
import { askServer } from './ask-server';
import { shownKeys } from './left-keys';
import { ProgramRun, type RunnableProgram } from './program-run';
import { PromptRun } from './prompt-run';
import { Room } from './room';
import { runnableCell } from './runnable-cell';
import { Transcript } from './transcript';

/** When what nobody looks at is ended. */
export interface CellsPatience {
  /** How long no page may listen, in ms. */
  unheard?: number;
  /** How long a Redis may be there that nothing uses, in ms. */
  unused?: number;
}

/** Something that was started in a lesson's text. */
interface Started {
  lesson: Lesson;
  transcript: Transcript;
  /** Absent while it is being started, and where that came to nothing. */
  running?: ProgramRun | PromptRun;
  /** It was stopped meanwhile. */
  isUnwanted?: true;
}

/**
 * What runs in the lessons' texts: cells, prompts and servers, on one Redis a lesson. It ends when its
 * page has gone, and with the workbook.
 */
export class Cells {
  readonly #session: Session;
  readonly #events: EventStream;
  readonly #rooms = new Map<Lesson, { room: Promise<Room>; used: number }>();
  readonly #runs = new Map<string, Started>();
  readonly #patience: Required<CellsPatience>;
  readonly #timer: NodeJS.Timeout;
  #heard = performance.now();
  #isClosed = false;

  constructor(session: Session, events: EventStream, patience: CellsPatience = {}) {
    this.#session = session;
    this.#events = events;
    this.#patience = { unheard: 20_000, unused: 10 * 60_000, ...patience };
    const often = Math.min(this.#patience.unheard, this.#patience.unused) / 4;
    this.#timer = setInterval(() => void this.#tidy(), often);
    this.#timer.unref();
  }

  /**
   * Runs a piece of a lesson's text, as it stands in the page.
   * @param place its place among the text's pieces of code, from 0
   * @throws UsageError where too much runs already; EnvironmentError where it cannot be started
   */
  async run(lesson: Lesson, run: string, { place, text }: { place: number; text: string }) {
    const { course, workspace } = this.#session.of(lesson);
    const name = `cell-${place + 1}`;
    await this.#start(lesson, run, {
      name,
      file: `${name}.ts`,
      text: runnableCell(lesson.cells ?? '', text),
      folder: workspace.folder,
      replaced: this.#filesOf(lesson),
      course,
    });
  }

  /**
   * Starts the learner's own server, or the worked version while there is none.
   * @throws as {@link run}
   */
  async serve(lesson: Lesson, run: string): Promise<void> {
    if (!lesson.ask) throw new UsageError('This lesson has no server.');
    const { course, workspace } = this.#session.of(lesson);
    const [planned] = planLesson({ course, workspace, solution: false }, lesson);
    if (!planned) throw new UsageError('This lesson has nothing to run.');
    const { name, file, replaced } = planned;
    await this.#start(lesson, run, {
      name,
      file,
      folder: path.dirname(file),
      replaced,
      course,
    });
  }

  /**
   * Types commands at a prompt; the first ones open it.
   * @throws UsageError where it is busy; as {@link run}
   */
  async enter(lesson: Lesson, run: string, text: string): Promise<void> {
    const known = this.#runs.get(run);
    const prompt = known?.running ?? (await this.#open(lesson, run));
    if (!(prompt instanceof PromptRun)) throw new UsageError('That is no prompt.');
    prompt.enter(text);
  }

  /**
   * Asks a server that was started here.
   * @param times how many ask at once
   * @throws UsageError where it does not listen
   */
  async ask(run: string, path: string, times: number): Promise<ServerAnswers> {
    const { lesson, running } = this.#find(run);
    if (!(running instanceof ProgramRun)) throw new UsageError('That is no server.');
    return askServer(running, { path, times, port: this.#session.of(lesson).course.port });
  }

  /** Ends a run; of a prompt first the command that waits. */
  async stop(run: string): Promise<void> {
    const started = this.#find(run);
    // One that is being started ends as soon as it can.
    if (!started.running) started.isUnwanted = true;
    await started.running?.stop();
  }

  /** All of a run so far. @throws UsageError where there is none of that name */
  whole(run: string): CellRun {
    return this.#find(run).transcript.whole;
  }

  /** What a lesson's Redis holds. */
  async keys(lesson: Lesson): Promise<LeftKey[]> {
    const known = this.#rooms.get(lesson);
    return known ? shownKeys(await (await known.room).keys()) : [];
  }

  /** Empties a lesson's Redis. */
  async clear(lesson: Lesson): Promise<void> {
    const known = this.#rooms.get(lesson);
    if (known) await (await known.room).clear();
  }

  /** Ends everything. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#timer);
    await this.#closeAll();
  }

  async #start(lesson: Lesson, run: string, what: RunnableProgram): Promise<void> {
    const started = this.#begin(lesson, run);
    await this.#attempt(run, async () => {
      const [room, { isolation }] = await Promise.all([
        this.#roomOf(lesson),
        this.#session.isolation(),
      ]);
      started.running = await ProgramRun.start(room, started.transcript, what, isolation);
    });
    this.#followEnd(started);
  }

  async #open(lesson: Lesson, run: string): Promise<PromptRun> {
    const started = this.#begin(lesson, run);
    const prompt = await this.#attempt(run, async () =>
      PromptRun.open(await this.#roomOf(lesson), started.transcript),
    );
    started.running = prompt;
    this.#followEnd(started);
    return prompt;
  }

  #begin(lesson: Lesson, run: string): Started {
    if (this.#isClosed) throw new UsageError('The workbook is about to end.');
    if (this.#runs.has(run)) throw new UsageError('A run of that name is there already.');
    const busy = [...this.#runs.values()].filter(({ transcript }) => isBusy(transcript));
    if (busy.length >= mostRuns) {
      throw new UsageError(
        `${mostRuns} cells run already, and more would slow this machine down.`,
        'Stop one of them first.',
      );
    }
    const transcript = new Transcript(run, (update) => this.#events.tell(update));
    const started = { lesson, transcript };
    this.#runs.set(run, started);
    this.#forget();
    return started;
  }

  async #attempt<Result>(run: string, start: () => Promise<Result>): Promise<Result> {
    try {
      return await start();
    } catch (error) {
      this.#runs.delete(run);
      throw error;
    }
  }

  /** It may have been stopped, or the page gone, while it was being started. */
  #followEnd({ lesson, running, isUnwanted }: Started): void {
    if (isUnwanted || this.#isClosed || !this.#rooms.has(lesson)) void running?.stop();
    void running?.ended.then(() => this.#use(lesson));
  }

  async #roomOf(lesson: Lesson): Promise<Room> {
    const known = this.#rooms.get(lesson);
    if (known && !(await known.room).isLost) {
      this.#use(lesson);
      return known.room;
    }
    await this.#closeRoom(lesson);
    await this.#makeRoom();
    const room = this.#session.redis().then((source) => Room.open(source));
    this.#rooms.set(lesson, { room, used: performance.now() });
    room.catch(() => this.#rooms.delete(lesson));
    return room;
  }

  /** So many at a time; that goes which was not used for the longest time. */
  async #makeRoom(): Promise<void> {
    const [oldest] = [...this.#rooms].sort(([, one], [, other]) => one.used - other.used);
    if (oldest && this.#rooms.size >= mostRooms) await this.#closeRoom(oldest[0]);
  }

  #use(lesson: Lesson): void {
    const known = this.#rooms.get(lesson);
    if (known) known.used = performance.now();
  }

  async #tidy(): Promise<void> {
    const now = performance.now();
    if (this.#events.pages > 0) this.#heard = now;
    else if (now - this.#heard > this.#patience.unheard) return this.#closeAll();
    for (const [lesson, { used }] of this.#rooms) {
      if (this.#isUsed(lesson)) this.#use(lesson);
      else if (now - used > this.#patience.unused) await this.#closeRoom(lesson);
    }
  }

  #isUsed(lesson: Lesson): boolean {
    return [...this.#runs.values()].some((one) => one.lesson === lesson && isBusy(one.transcript));
  }

  async #closeAll(): Promise<void> {
    await Promise.all([...this.#rooms.keys()].map((lesson) => this.#closeRoom(lesson)));
  }

  async #closeRoom(lesson: Lesson): Promise<void> {
    const known = this.#rooms.get(lesson);
    if (!known) return;
    this.#rooms.delete(lesson);
    const running = [...this.#runs.values()].filter((one) => one.lesson === lesson);
    await Promise.all(running.map(async (one) => end(one)));
    const room = await known.room.catch(() => undefined);
    await room?.close();
  }

  /** Old runs are kept so long as there is room. */
  #forget(): void {
    for (const [run, { transcript }] of this.#runs) {
      if (this.#runs.size <= mostKept) return;
      if (transcript.status.state === 'ended') this.#runs.delete(run);
    }
  }

  #find(run: string): Started {
    const started = this.#runs.get(run);
    if (started) return started;
    throw new UsageError('That run is no longer there.', 'Run the cell again.');
  }

  /** What a text may import of its lesson: the learner's files, and worked versions of those not begun. */
  #filesOf(lesson: Lesson): Record<string, string> {
    const { course, workspace } = this.#session.of(lesson);
    const names = [...lesson.files, ...lesson.beside].filter((name) => !isSnapshot(lesson, name));
    return Object.fromEntries(
      names.map((name) => {
        const mine = findFile(lesson, workspace.folder, name);
        const isBegun = mine !== undefined && !isStarter(lesson, name, mine);
        return [`${name}.ts`, isBegun ? mine : workedVersion(course, name, lesson)];
      }),
    );
  }
}

const mostRuns = 6;
const mostRooms = 3;
const mostKept = 100;

/** A prompt that waits for somebody to type costs next to nothing. */
function isBusy({ status }: Transcript): boolean {
  return status.state === 'runs';
}

async function end({ running }: Started): Promise<void> {
  if (running instanceof PromptRun) await running.close();
  else await running?.stop();
}
