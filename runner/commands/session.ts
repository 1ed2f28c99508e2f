import type { GradesKind } from '../class/results/grades-csv';
import type { Course } from '../course/course';
import { openReadOnlyFolder } from '../course/folder/read-only-folder';
import {
  holdsFiles,
  openWorkspace,
  type Workspace,
  workspaceFolder,
} from '../course/folder/workspace';
import type { Lesson } from '../course/lesson';
import type { Found } from '../course/lookup';
import { type LessonStatus, statuses, statusOf } from '../course/progress/lesson-status';
import type { Progress } from '../course/progress/progress';
import { lastOpenedAt, readProgress } from '../course/progress/progress-file';
import { Shelf } from '../course/shelf';
import { UsageError } from '../course/usage-error';
import { findRedis } from '../redis/find';
import { EnvironmentError, type RedisSource } from '../redis/instance';
import type { Reaper } from '../redis/temporary';
import { describeScreen, type Output, type Screen } from '../report/terminal/screen';
import { wrap } from '../report/terminal/wrap';
import type { Chosen } from '../sandbox/isolation/choose';
import { type Isolation, isolations } from '../sandbox/isolation/level';
import type { WarmPool } from '../sandbox/process/warm-pool';
import { howStarted } from '../start-command';

/** The options that commands share. */
export interface Options {
  /** A course by its name, or its folder, wherever that lies. */
  course?: string;
  dir?: string;
  solution?: boolean;
  offline?: boolean;
  redis?: string;
  /** What is to hold programs that are graded; the highest level that can be had without it. */
  isolation?: Isolation;
  json?: boolean;
  /** Print findings as lines that editors read, and nothing else. */
  problems?: boolean;
  /** A file, or true for standard output. */
  junit?: string | true;
  /** The same for what GitLab shows at the lines of a merge request. */
  codequality?: string | true;
  /** The same for the results.json of a Gradescope autograder. */
  gradescope?: string | true;
  /** The same for the results.json of a PrairieLearn grader. */
  prairielearn?: string | true;
  out?: string;
  plain?: boolean;
  timeline?: boolean;
  keys?: boolean;
  beside?: boolean;
  /** What goes further than the task, in place of the worked version. */
  further?: boolean;
  /** Whether a lesson's file is opened beside the workbook where that can be done. */
  edit?: boolean;
  /** The words of the command that opens it, in place of what the terminal suggests. */
  editCmd?: string[];
  /** The port of the page in the browser; one that is free without it. */
  port?: number;
  /** Whether the browser is asked to show that page. */
  browser?: boolean;
  /** The folder of a class's results that the page shows; the usual one without it. */
  class?: string;
  /** A file that lists the learners of a class. */
  roster?: string;
  /** By when a class was to hand in. */
  due?: Date;
  /** For how long after that nothing is lost, in minutes. */
  grace?: number;
  /** What a late submission loses for each day that has begun, in percent. */
  late?: number;
  /** For whom a class's points are written as CSV. */
  csv?: GradesKind;
  /** Write a class's table as a page. */
  html?: boolean;
  /** Compare what the learners of a class have written. */
  similar?: boolean;
  /** How many workers grade a class on this machine. */
  workers?: number;
  /** The port of 127.0.0.1 at which a class's queue can be looked at; 0 for any. */
  board?: number;
  /** Write what workers do to standard error, in this form. */
  log?: 'json';
}

/** The three streams; tests bring their own. */
export interface Streams {
  input: NodeJS.ReadStream;
  output: NodeJS.WriteStream;
  errors: NodeJS.WriteStream;
}

/** The terminal at which the learner sits: all that a screen needs to draw and to hear keys. */
export type Console = Pick<Session, 'streams' | 'screen' | 'say' | 'signal'>;

/** How a command ended: 0 all passed, 1 something failed or is missing, 3 this machine is at fault. */
export type ExitCode = 0 | 1 | 3;

/** The learner wants out, and said so with a key: exit code 130. */
export class Interruption extends Error {
  override name = 'Interruption';
}

/** What is ready before a check asks for it. */
interface Warm {
  readonly warmPool: WarmPool;
  refill(): void;
}

/**
 * One start of the workbook: its options, its terminal, and what commands share, each opened when
 * it is first needed.
 */
export class Session {
  #shelf: Shelf | undefined;
  #course: Course | undefined;
  #workspace: Workspace | undefined;
  /** The same with another course open. */
  readonly #others = new Map<Course, Session>();
  #redis: Promise<RedisSource> | undefined;
  #isolation: Promise<Chosen> | undefined;
  #warm: Warm | undefined;
  /** Remarks on what could not be remembered, written already. */
  #noted = new Set<string>();
  #notes: ((text: string) => void) | undefined;

  /** @param signal aborted when the learner wants out */
  constructor(
    readonly options: Options,
    readonly streams: Streams,
    readonly signal: AbortSignal,
    readonly env: NodeJS.ProcessEnv = process.env,
  ) {}

  /** Standard output as it is now: a terminal may change its size. */
  get screen(): Screen {
    return this.screenOf(this.streams.output);
  }

  /** The courses that can be opened. */
  get shelf(): Shelf {
    this.#shelf ??= new Shelf(this.options.course);
    return this.#shelf;
  }

  /**
   * The course that is open: the one asked for, that of the folder of --dir, or the first.
   * @throws EnvironmentError where the one asked for is none, or broken
   */
  get course(): Course {
    const ofFolder = () => (this.options.dir === undefined ? undefined : this.coursesOfFolder()[0]);
    this.#course ??= this.shelf.chosen ?? ofFolder() ?? this.shelf.first;
    return this.#course;
  }

  /** The courses that a command speaks of if it names no lesson. */
  get scope(): readonly Course[] {
    if (this.shelf.chosen) return [this.course];
    if (this.options.solution) return this.shelf.courses;
    const begun = this.coursesOfFolder();
    return this.options.dir === undefined || begun.length === 0
      ? [this.course, ...begun.filter((one) => one !== this.course)]
      : begun;
  }

  /** Finds the lesson that a word names. @throws UsageError if it names none */
  find(word: string): Found {
    return this.shelf.find(word, this.course);
  }

  /** How a lesson is named on the command line, such as `5`. */
  addressOf(lesson: Lesson): string {
    return this.shelf.addressOf(lesson);
  }

  /** The session with the lesson's course open. */
  of(lesson: Lesson): Session {
    return this.at(this.shelf.courseOf(lesson));
  }

  /** The session with that course open; what else was opened stays open. */
  at(course: Course): Session {
    if (course === this.course) return this;
    const known = this.#others.get(course);
    if (known) return known;
    const other = this.with({});
    other.#course = course;
    if (!this.workspace.readOnly) other.#workspace = undefined;
    this.#others.set(course, other);
    return other;
  }

  get lessons(): readonly Lesson[] {
    return this.course.lessons;
  }

  /** The learner's own files, or the folder of --dir. */
  get workspace(): Workspace {
    if (!this.#workspace) {
      const { dir } = this.options;
      this.#workspace =
        dir === undefined ? openWorkspace(this.lessons) : openReadOnlyFolder(this.readable, dir);
      const { laidOut, folder } = this.#workspace;
      if (laidOut.length > 0) {
        const files =
          laidOut.length === 1 ? 'a starter file is' : `${laidOut.length} starter files are`;
        this.note(`Your files are in ${folder}: ${files} laid out there.`);
      }
      // A damaged record is reported before anything is written over it.
      void this.progress;
    }
    return this.#workspace;
  }

  /** What is remembered; nothing for a folder that is only read. */
  get progress(): Progress {
    if (this.workspace.readOnly) return { lessons: {} };
    const { progress, setAside } = readProgress(this.workspace.folder, this.course.id);
    for (const file of setAside) {
      this.note(`The record of your progress was damaged; it is kept as ${file}.`);
    }
    return progress;
  }

  /**
   * Has something remembered in the workspace, never in a folder that is only read. Where it cannot
   * be written, a remark says so, once, and all else goes on.
   */
  remember(change: (workspace: string) => void): void {
    if (this.workspace.readOnly) return;
    try {
      change(this.workspace.folder);
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      if (!this.#noted.has(error.message)) this.note(`${error.message} ${error.next}`);
      this.#noted.add(error.message);
    }
  }

  statuses(): LessonStatus[] {
    return statuses(this.lessons, this.workspace.folder, this.progress);
  }

  /** How the lessons of any course stand; no starter is laid out for it. */
  statusesOf({ id, lessons }: Course): LessonStatus[] {
    const { folder, readOnly } = this.workspace;
    return statuses(
      lessons,
      folder,
      readOnly ? { lessons: {} } : readProgress(folder, id).progress,
    );
  }

  /** The session with that course open of which a lesson was opened last. */
  atLast(): Session {
    const { shelf, workspace } = this;
    if (shelf.chosen || workspace.readOnly) return this;
    const at = ({ id }: Course) => lastOpenedAt(workspace.folder, id);
    const [latest] = shelf.courses.sort((one, other) => at(other) - at(one));
    return latest ? this.at(latest) : this;
  }

  status(lesson: Lesson): LessonStatus {
    return statusOf(lesson, this.workspace.folder, this.progress);
  }

  /**
   * The Redis in use, found once.
   * @throws EnvironmentError where the one asked for cannot be used
   */
  redis(): Promise<RedisSource> {
    this.#redis ??= this.findRedis();
    return this.#redis;
  }

  /**
   * What holds programs that are graded, found out once.
   * @throws EnvironmentError where what was asked for cannot be had
   */
  isolation(): Promise<Chosen> {
    this.#isolation ??= this.findIsolation();
    return this.#isolation;
  }

  /** Makes ready again what the last check used, where that is wanted. */
  refillWarm(): void {
    this.#warm?.refill();
  }

  /** Processes that wait for a check's programs, where one check follows another. */
  get warmPool(): WarmPool | undefined {
    return this.#warm?.warmPool;
  }

  /**
   * From now on what a check used can be made ready for the next one: who watches a file checks it
   * again and again.
   * @returns ends that, and what waits
   * @throws EnvironmentError where the Redis asked for cannot be used
   */
  async warmUp(): Promise<() => Promise<void>> {
    const [{ openWarmRedis }, { WarmPool }] = await Promise.all([
      import('../redis/warm-redis'),
      import('../sandbox/process/warm-pool'),
    ]);
    const plain = await this.redis();
    const redis = openWarmRedis(plain);
    const warmPool = new WarmPool();
    this.#redis = Promise.resolve(redis);
    this.#warm = {
      warmPool,
      refill: () => {
        redis.refill();
        void warmPool.refill();
      },
    };
    return async () => {
      this.#redis = Promise.resolve(plain);
      this.#warm = undefined;
      await Promise.all([warmPool.close(), redis.close()]);
    };
  }

  /** The same session with other options, or for a shorter time; what was opened stays open. */
  with(options: Partial<Options>, signal = this.signal): Session {
    const other = new Session({ ...this.options, ...options }, this.streams, signal, this.env);
    other.#shelf = this.#shelf;
    other.#course = this.#course;
    other.#workspace = this.#workspace;
    other.#redis = this.#redis;
    other.#isolation = this.#isolation;
    other.#warm = this.#warm;
    other.#noted = this.#noted;
    return other;
  }

  /** Writes to standard output, for people. */
  say(text: string): void {
    this.print(this.screen.spell(text));
  }

  /** Writes to standard output, letter by letter: for programs. */
  print(text: string): void {
    this.streams.output.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** A remark beside the result, on standard error. */
  note(text: string): void {
    if (this.#notes) {
      this.#notes(text);
      return;
    }
    const screen = this.screenOf(this.streams.errors);
    this.streams.errors.write(screen.spell(`${wrap(text, screen.width, '  ').join('\n')}\n`));
  }

  /**
   * Has remarks handed over, in place of written: where a screen is drawn they would be drawn over.
   * @returns has them written again
   */
  divertNotes(take: (text: string) => void): () => void {
    this.#notes = take;
    return () => {
      this.#notes = undefined;
    };
  }

  /** A sentence as the result, on standard output. */
  sayParagraph(text: string): void {
    this.say(wrap(text, this.screen.width, '  ').join('\n'));
  }

  /** How to type a command, the way that the workbook was started. */
  command(words: string): string {
    return `${howStarted(this.env, process.argv[1] ?? '')} ${words}`;
  }

  screenOf(output: Output): Screen {
    return describeScreen(output, this.env, this.options.plain);
  }

  /** The lessons whose files are looked for in a folder that is only read. */
  private get readable(): readonly Lesson[] {
    const courses = this.shelf.chosen ? [this.shelf.chosen] : this.shelf.courses;
    return courses.flatMap(({ lessons }) => lessons);
  }

  /** The courses that the folder of --dir has files of, or that are begun in the workspace. */
  private coursesOfFolder(): Course[] {
    const { dir } = this.options;
    if (dir === undefined) {
      return this.shelf.courses.filter(({ lessons }) =>
        holdsFiles(lessons, workspaceFolder(), { begun: true }),
      );
    }
    const { folder } = this.workspace;
    return this.shelf.courses.filter(({ lessons }) => holdsFiles(lessons, folder));
  }

  private async findIsolation(): Promise<Chosen> {
    const [{ chooseIsolation }, { probeWalls }] = await Promise.all([
      import('../sandbox/isolation/choose'),
      import('../sandbox/isolation/probe'),
    ]);
    return chooseIsolation(this.options.isolation ?? wishOf(this.env), probeWalls);
  }

  private findRedis(): Promise<RedisSource> {
    const { offline, redis } = this.options;
    return findRedis({
      reaper,
      ...(offline ? { offline } : {}),
      ...(redis === undefined ? {} : { url: redis }),
    });
  }
}

/** The isolation that WORKBOOK_ISOLATION asks for. @throws UsageError where it names none */
function wishOf({ WORKBOOK_ISOLATION: wish }: NodeJS.ProcessEnv): Isolation | undefined {
  const known = isolations.find((one) => one === wish);
  if (known !== undefined || wish === undefined || wish === '') return known;
  throw new UsageError(
    `WORKBOOK_ISOLATION is “${wish}”, which is no isolation.`,
    `Set it to ${isolations.join(', ')}, or leave it out.`,
  );
}

/** Loaded with the first Redis that is opened. */
const reaper: Reaper = {
  get marks() {
    return loadedReaper().marks;
  },
  group: (pid) => loadedReaper().group(pid),
  folder: (folder) => loadedReaper().folder(folder),
};

function loadedReaper(): Reaper {
  return (require('../sandbox/process/reaper') as typeof import('../sandbox/process/reaper'))
    .reaper;
}

/** The Redis in use, named. */
export function redisName({ kind, version }: RedisSource): string {
  const what = { server: 'a private server', embedded: 'embedded', url: 'yours, at the URL' }[kind];
  return `Redis ${version}, ${what}`;
}
