import type { ChildProcess } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { drainEventLoop } from '../../redis/drain-event-loop';
import { endBehindWalls } from '../isolation/ending';
import { innerProcess } from '../isolation/inner-process';
import type { Isolation } from '../isolation/level';
import type { Journal } from '../tap/journal';
import type { Tap } from '../tap/tap';
import { type Breach, Channel } from './channel';
import { CpuWatchdog } from './cpu-watchdog';
import { defaultLimits, type Limits } from './limits';
import { killMarked, newMarker } from './marker';
import { Output } from './output';
import { killGroup, sendSignal } from './process-group';
import { reaper } from './reaper';
import {
  eventsDescriptor,
  type Moment,
  type ProgramEvent,
  type ProgramSettings,
  type ProgramState,
  questionsDescriptor,
} from './settings';
import { SignedLines } from './signed-lines';
import { type ProgramPlace, sendSettings, spawnProgram } from './spawning';
import { type Usage, watchUsage } from './usage';
import type { WarmProgram } from './warm-pool';

export interface ProgramStart {
  /** The name by which evidence speaks of it, such as `1-key`. */
  name: string;
  settings: ProgramSettings;
  args?: string[];
  folder: string;
  /** A warm program has its own. */
  place: ProgramPlace;
  isolation: Isolation;
  /** Behind walls it sees these files and folders too, absolute. */
  seen: readonly string[];
  journal: Journal;
  tap: Tap;
  limits?: Partial<Limits>;
  /** The process to take, where one was started before. */
  warm?: WarmProgram | undefined;
  /** Each chunk as it comes, for a run that is shown live. */
  onOutput?: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
  /** A server listens: the port that it asked for, and the path of its socket. */
  onListening?: (asked: number, socket: string) => void;
}

/** How a program ended. */
export interface Exit {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Set where the runner ended it: which limit it broke, or that it was stopped. */
  by?: 'time' | 'output' | 'memory' | 'commands' | 'channel' | 'forgery' | 'stop';
  /** How many connections to Redis it had not closed when it ended itself, if there were any. */
  leftOpen?: number;
}

/** How long to wait for an answer of a program. */
export interface Patience {
  signal?: AbortSignal | undefined;
  /** Milliseconds; without it as long as the program runs. */
  limit?: number;
}

export type ErrorEvent = Extract<ProgramEvent, { event: 'error' }>;

/** How long the pipes of a program that has ended may stay open, in milliseconds. */
const drainLimit = 1000;

/** How long a program that has closed the runner's channel may take to end, in milliseconds. */
const farewell = 2000;

/** Of what a program can report without end, so much is kept. */
const mostReports = 1000;

/** A learner's program while it runs, in a process group of its own. */
export class Program {
  readonly name: string;
  /** The file that runs, absolute. */
  readonly file: string;
  readonly tap: Tap;
  readonly exited: Promise<Exit>;
  exit: Exit | undefined;
  /** The errors that nothing in the program caught. */
  readonly errors: ErrorEvent[] = [];
  /** Its own code has begun. */
  begun = false;
  /** It has written what only its own side may write: see `SignedLines`. */
  forged = false;
  /** Attempts to reach Redis, taken or refused. */
  attempts = 0;
  /** Ports that its servers seem to have, and the paths of their sockets. */
  readonly servers = new Map<number, string>();
  /** Places it tried to connect to that are not its own. */
  readonly elsewhere: { host: string; port: number }[] = [];
  /** When it set timers, printed and published, where that is watched. */
  readonly moments: Moment[] = [];
  /** What it told last, where it drives the learner's code. */
  told: unknown;
  readonly #journal: Journal;
  readonly #child: ChildProcess;
  readonly #limits: Limits;
  readonly #marker: string;
  readonly #sockets: string;
  readonly #onListening: ProgramStart['onListening'];
  readonly #watchdog: CpuWatchdog;
  /** It has said that it starts other processes, or can no longer say so. */
  #hasChildren = false;
  readonly #isolation: Isolation;
  /** What it has said of its end. */
  #ending: Extract<ProgramEvent, { event: 'ending' }> | undefined;
  #channel: Channel | undefined;
  #endedBy: Exit['by'];

  constructor(start: ProgramStart) {
    this.name = start.name;
    this.file = start.settings.main;
    this.tap = start.tap;
    this.#sockets = start.settings.servers;
    this.#onListening = start.onListening;
    this.#journal = start.journal;
    this.#limits = { ...defaultLimits, ...start.limits };
    this.#watchdog = new CpuWatchdog(this.#limits.busy, () => void this.state());
    const recipe = {
      main: start.settings.main,
      folder: start.folder,
      args: start.args ?? [],
      memory: this.#limits.memory,
      isolation: start.isolation,
      seen: start.seen,
    };
    const { warm, place } = start;
    this.#isolation = start.isolation;
    this.#marker = warm?.marker ?? newMarker();
    const lines = warm?.lines ?? new SignedLines();
    this.#child =
      warm?.child ?? spawnProgram(recipe, start.settings, place, this.#marker, lines.key);
    // It has waited for them.
    if (warm) sendSettings(warm.child, start.settings);
    this.exited = this.#watch(start, lines);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** What it printed, line by line. */
  get output() {
    return this.#journal.output.filter((line) => line.program === this.name);
  }

  /**
   * Asks the program's side what keeps it running.
   * @returns nothing where it ended, or is too busy to answer before it ends or patience does
   */
  state(patience: Patience = {}): Promise<ProgramState | undefined> {
    const { signal, limit } = patience;
    if (this.exit || !this.#channel || signal?.aborted) return Promise.resolve(undefined);
    const answer = this.#channel.ask();
    if (!signal && limit === undefined) return answer;
    return new Promise((resolve) => {
      const finish = (state?: ProgramState) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', giveUp);
        resolve(state);
      };
      const giveUp = () => finish();
      const timer = limit === undefined ? undefined : setTimeout(giveUp, limit);
      signal?.addEventListener('abort', giveUp);
      answer.then(finish);
    });
  }

  /**
   * Whether nothing more will come from the program unless something comes to it: no work, no
   * timers above those allowed, no reply owed, no byte under way between it and Redis.
   */
  async waitForIdle(timersAllowed: number, patience: Patience = {}): Promise<boolean> {
    const state = await this.state(patience);
    if (!state) return this.exit !== undefined;
    await drainEventLoop();
    // With nothing left at all it is about to end, and may print in its last handlers.
    if (state.waiting === 0 && state.timers === 0) return false;
    return (
      state.timers <= timersAllowed && this.tap.unanswered === 0 && this.#hasNothingUnderWay(state)
    );
  }

  /**
   * Whether nothing more will come from the program but by its timers, unless something comes to it
   * or its tap lets through what it keeps back.
   */
  async isHeldUp(patience: Patience = {}): Promise<boolean> {
    const state = await this.state(patience);
    // Of its end, too, the event loop has to hear.
    await drainEventLoop();
    if (!state) return this.exit !== undefined;
    return this.tap.owed === 0 && this.#hasNothingUnderWay(state);
  }

  #hasNothingUnderWay({ resources, connections, sent, received }: ProgramState): boolean {
    return (
      resources.length === 0 &&
      !this.tap.closing &&
      connections === this.tap.open &&
      sent === this.tap.received &&
      received === this.tap.sent
    );
  }

  /**
   * Ends the program and its children: TERM, and KILL for what is still there after the grace.
   * @param grace milliseconds
   */
  async stop(grace = 500, by: NonNullable<Exit['by']> = 'stop'): Promise<Exit> {
    if (!this.exit) {
      this.#endedBy ??= by;
      this.#signal('SIGTERM');
      const timer = setTimeout(() => this.#signal('SIGKILL'), grace);
      await this.exited;
      clearTimeout(timer);
    }
    return this.exited;
  }

  /** Asks it to end, as whoever runs a service does: by SIGTERM, and without KILL after it. */
  terminate(): void {
    if (!this.exit) this.#signal('SIGTERM');
  }

  /** Ends it at once; for a program that broke a limit. */
  kill(by: NonNullable<Exit['by']>): void {
    if (this.exit) return;
    this.#endedBy ??= by;
    this.#signal('SIGKILL');
  }

  #signal(signal: NodeJS.Signals): void {
    if (this.pid === undefined) return;
    const own = this.#ownProcess();
    // Bubblewrap hands no signal on, and nothing outlives it.
    if (own === undefined || own === this.pid || signal === 'SIGKILL') killGroup(this.pid, signal);
    else sendSignal(own, signal);
  }

  /** The process that runs the program itself. */
  #ownProcess(): number | undefined {
    const pid = this.pid;
    return pid !== undefined && this.#isolation === 'walls' ? innerProcess(pid) : pid;
  }

  #watch({ warm, onOutput }: ProgramStart, lines: SignedLines): Promise<Exit> {
    const child = this.#child;
    const pid = child.pid;
    const release = warm?.release ?? (pid === undefined ? () => {} : reaper.group(pid));
    const unwatch =
      pid === undefined
        ? () => {}
        : watchUsage(
            () => this.#ownProcess(),
            (usage) => this.#judge(usage),
          );
    const timer = setTimeout(() => this.kill('time'), this.#limits.time);

    const output = new Output({
      program: this.name,
      journal: this.#journal,
      limits: this.#limits,
      onOutput,
      exceeded: () => this.kill('output'),
    });
    for (const stream of ['stdout', 'stderr'] as const) output.read(child[stream], stream);
    this.#channel = new Channel(
      child.stdio[eventsDescriptor] as Readable,
      child.stdio[questionsDescriptor] as Writable,
      lines,
      (event) => this.#event(event),
      (how) => this.#broken(how),
    );
    this.tap.limit(this.#limits.commands, () => this.kill('commands'));

    let drain: NodeJS.Timeout | undefined;
    return new Promise((resolve) => {
      const ended = (exit: Exit) => {
        if (this.exit) return;
        clearTimeout(timer);
        clearTimeout(drain);
        unwatch();
        this.#killChildren();
        release();
        output.end();
        this.exit = exit;
        this.#channel?.close();
        this.#journal.changed();
        resolve(exit);
      };
      child.on('exit', () => {
        // Its children may hold its pipes open: they go as soon as it is gone itself, and its last
        // words about them are read.
        void drainEventLoop().then(() => this.#killChildren());
        // One that could not be found holds them still: what it prints is not the program's.
        drain = setTimeout(() => {
          for (const pipe of child.stdio) pipe?.destroy();
        }, drainLimit);
      });
      child.on('close', (code, signal) => {
        const end =
          this.#isolation === 'walls' && code !== this.#ending?.code
            ? endBehindWalls(code, signal)
            : { code, signal };
        ended({
          ...end,
          ...(this.#endedBy ? { by: this.#endedBy } : {}),
          ...(this.#ending?.leftOpen ? { leftOpen: this.#ending.leftOpen } : {}),
        });
      });
      child.on('error', (error) => {
        this.errors.push({
          event: 'error',
          origin: 'start',
          name: error.name,
          message: error.message,
        });
        ended({ code: null, signal: null });
      });
    });
  }

  /**
   * Those that stayed in its group, and those that left it: to find these takes a look at everything. Behind walls they
   * end with it, as the processes there are its own.
   */
  #killChildren(): void {
    if (this.pid !== undefined) killGroup(this.pid, 'SIGKILL');
    if (this.#hasChildren && this.#isolation !== 'walls') killMarked(this.#marker);
  }

  #judge({ resident, cpu }: Usage): void {
    if (resident > this.#limits.memory * 2) this.kill('memory');
    if (!this.#watchdog.stuck(cpu)) return;
    // Its answer may wait to be read, where the runner itself was busy.
    void drainEventLoop().then(() => {
      if (this.#watchdog.stuck(cpu)) this.kill('time');
    });
  }

  /** Without its channel nothing that the program does can be judged. */
  #broken(how: Breach): void {
    if (this.exit) return;
    this.#hasChildren = true;
    // Also one that ends at once is told of it.
    if (how === 'forged') {
      this.forged = true;
      this.kill('forgery');
      return;
    }
    const kill = () => this.kill('channel');
    // Also every program that ends closes it.
    const timer = setTimeout(
      () => void drainEventLoop().then(kill),
      how === 'closed' ? farewell : 0,
    );
    void this.exited.then(() => clearTimeout(timer));
  }

  #event(event: ProgramEvent): void {
    if (event.event === 'started') {
      this.begun = true;
      this.#watchdog.started();
    }
    if (event.event === 'state') this.#watchdog.beat();
    if (event.event === 'connecting') this.attempts += 1;
    if (event.event === 'ending') this.#ending = event;
    if (event.event === 'child') this.#hasChildren = true;
    if (event.event === 'listening' && this.servers.size < mostReports) {
      // It gives a number and no path: nobody connects to a socket that is not the check's.
      const socket = `${this.#sockets}${event.socket}`;
      this.servers.set(event.asked, socket);
      this.#onListening?.(event.asked, socket);
    }
    if (event.event === 'elsewhere' && this.elsewhere.length < mostReports) {
      this.elsewhere.push({ host: event.host, port: event.port });
    }
    if (event.event === 'moment' && this.moments.length < mostReports) {
      this.moments.push(event.moment);
    }
    if (event.event === 'told') this.told = event.value;
    if (event.event === 'error' && this.errors.length < mostReports) this.errors.push(event);
    this.#journal.changed();
  }
}
