import * as v from 'valibot';
import type { JobMove } from '../vocabulary/job-move';

/*
 * What the page in the browser and its server say to each other. The server parses all that comes
 * in by the schemas below; the client takes the server at its word, as both are of one start.
 */

/** Where what the page asks for lies: below this, in paths that name a lesson by course and id. */
export const api = '/api';

/** Where a teacher's class lies, and what belongs to it below. */
export const classPlace = '/class/';

/** A lesson of a course, as paths and events name it. */
export interface LessonName {
  /** The id of the course. */
  course: string;
  /** The lesson's lasting name. */
  id: string;
}

/** How a lesson or a verdict is shown: by a colour of the report's, such as `passed`. */
export type Tone = 'passed' | 'failed' | 'missing' | 'begun' | 'quiet';

/** A lesson in the list. */
export interface ListedLesson extends LessonName {
  number: number;
  title: string;
  level: 'mandatory' | 'advanced';
  minutes: number;
  /** How it stands, in the menu's words, with the menu's sign. */
  state: string;
  mark: string;
  tone: Tone;
  /** What was wrong with it last, one sentence. */
  failure?: string;
}

export interface ListedCourse {
  id: string;
  title: string;
  description: string;
  /** How far it is done, in words. */
  progress: string;
  lessons: ListedLesson[];
}

/** What the page shows around a lesson. */
export interface State {
  courses: ListedCourse[];
  /** The lesson to begin with. */
  last?: LessonName;
  /** The Redis in use, named. */
  redis: string;
  /** Where the learner's files are, absolute. */
  folder: string;
  /** Nothing is written there. */
  readOnly: boolean;
  /** The workbook's version. */
  workbook: string;
  /** Whether there are results of a class to show. */
  hasClass: boolean;
}

/** A text of a lesson as a tree: never HTML. */
export type TextNode =
  | { kind: 'text' | 'code'; text: string }
  | { kind: 'break' | 'rule' }
  | { kind: 'paragraph' | 'strong' | 'emphasis' | 'quote' | 'span'; children: TextNode[] }
  | { kind: 'heading'; level: number; children: TextNode[] }
  | { kind: 'list'; start?: number; items: TextNode[][] }
  | { kind: 'link'; href: string; children: TextNode[] }
  | { kind: 'table'; head: TextNode[][]; rows: TextNode[][][] }
  /** Code with its place among the text's pieces of code, from 0, and the language that it names. */
  | { kind: 'block'; place: number; language: string; text: string; cell?: Cell };

/** A piece of code that can be run. */
export interface Cell {
  /** By Node, or at a prompt of Redis. */
  kind: 'program' | 'redis';
  /** What runs before it, as it does not stand by itself. */
  before: string[];
}

/** A file of a lesson as it is on the disk. */
export interface LessonFile {
  /** Without its ending, such as `1-key`; of a snapshot its whole name. */
  name: string;
  /** As it lies there, or as it would be written. */
  label: string;
  /** Absolute; absent where it is missing. */
  path?: string;
  /** A program, a test, or a snapshot, which is no text. */
  kind: 'program' | 'test' | 'snapshot';
  /** Its text; empty where it is missing; absent where it is none. */
  text?: string;
  /** Tells one text from another. */
  version: string;
  /** Why it cannot be edited here, a sentence. */
  locked?: string;
}

/** A hint that was given. */
export interface Hint {
  text: TextNode[];
  /** Which one it is, from 1, and of how many. */
  place: number;
  of: number;
}

/** A lesson opened. */
export interface OpenedLesson extends LessonName {
  /** How it is named on the command line, such as `5`. */
  address: string;
  number: number;
  title: string;
  /** Level, minutes, what is to be written, each a few words. */
  facts: string[];
  text: TextNode[];
  files: LessonFile[];
  hasHints: boolean;
  /** Whether something goes further than its task. */
  hasFurther: boolean;
  /** The worked version is shown without being asked whether it is meant. */
  solutionOpen: boolean;
  /** Lessons of other courses that do the same work. */
  twins: (LessonName & { title: string; address: string })[];
  /** Paths to ask its server for, such as `/list`; none where it is no server. */
  ask: string[];
  /** The last verdict of this start. */
  verdict?: LessonVerdict;
  /** Whether it is being checked now. */
  checking: boolean;
}

/**
 * One thing that was seen of a run, at its time. They come in the order of their ids, which is that
 * of their times but for a few milliseconds: sort by `at` to draw, and keep the ids to follow.
 */
export interface WireEvent {
  /** From 0, without gaps within its part. */
  id: number;
  /** Milliseconds since the part's run began. */
  at: number;
  program: string;
  /**
   * `command`: sent to Redis. `message`: pushed to a subscriber. `output`, `errors`: a printed line.
   * `http`: a request to the program's server. `reply`: what came back for the command or the
   * request `of`.
   */
  kind: 'command' | 'reply' | 'message' | 'output' | 'errors' | 'http';
  /** As `--timeline` words it; a printed line as it was. */
  text: string;
  /** The size of what was sent, answered or printed, as text, in bytes. */
  bytes: number;
  /** Of a command, its reply or a message: which of the program's connections, from 1. */
  connection?: number;
  /** Of a command: its words, as sent; long ones are cut. */
  words?: string[];
  /** Of a reply or a message: all of it as redis-cli shows it, where `text` is short for it. */
  whole?: string;
  /** Of a reply: the id of its command or request. */
  of?: number;
  /** What it says of jobs of a queue library, a line each. */
  tells?: string[];
  /** How a queue library keeps its books: `--timeline` leaves it out. */
  housekeeping?: true;
  /** Of a command that Redis answers only when there is something: the keys that it waits for. */
  waitsFor?: string[];
  /** Of a reply: what it and its command did with jobs. */
  moves?: JobMove[];
  /** What it is about: `job 7`, `channel news`, `key orders`. */
  about?: string[];
}

/** What was seen while one file was graded. */
export interface WirePart {
  file: string;
  events: WireEvent[];
}

/** What was seen in the last check of a lesson, or so far in the one that runs. */
export interface WireRun {
  /** 0 where there was none in this start. */
  check: number;
  parts: WirePart[];
}

/** A key that a run left in Redis. */
export interface LeftKey {
  key: string;
  type: string;
  value: string | string[] | Record<string, string>;
}

/** What is wrong with a file, and what to do next. */
export interface ShownFinding {
  /** The class, in a few words. */
  name: string;
  message: string;
  next: string;
  expected?: string;
  seen?: string;
  /** The line in the file, from 1. */
  line?: number;
}

/** The verdict on one file. */
export interface ShownPart {
  file: string;
  /** The version of the text that was graded; empty where there was none. */
  version: string;
  outcome: 'passed' | 'failed' | 'missing';
  mark: string;
  finding?: ShownFinding;
  output: { program: string; stream: 'stdout' | 'stderr'; text: string }[];
  /** How many lines were left out at the end. */
  omitted: number;
  /** When that was seen which the finding is about, in the ms of its events. */
  foundAt?: number;
  keys: LeftKey[];
}

/** The verdict on a lesson; or why there is none. */
export interface LessonVerdict {
  outcome: 'passed' | 'failed' | 'missing' | 'none';
  mark: string;
  /** When, in ms since 1970, and for how long it was graded, in ms. */
  at: number;
  ms: number;
  advice: string[];
  parts: ShownPart[];
  /** What kept it from being graded. */
  error?: { message: string; next: string };
  /** Which check of this start it is of: whose events of the wire belong to it. */
  check: number;
}

/** A worked version beside the learner's own. */
export interface Comparison {
  name: string;
  label: string;
  /** Absent where the learner has written nothing yet. */
  mine?: string;
  other: string;
  /** What the other one is called. */
  title: string;
  /** In the place of a version that is no text: what it holds, and how it is made. */
  remark?: TextNode[];
}

/** What the server tells without being asked; `lesson` says of which. */
export type PageEvent =
  /** The first one: which start of the workbook this is. */
  | { kind: 'hello'; start: string; readOnly: boolean }
  /** Events were missed that are no longer kept: ask for everything again. */
  | { kind: 'missed' }
  | { kind: 'state'; state: State }
  | { kind: 'file'; lesson: LessonName; file: LessonFile }
  | { kind: 'checking'; lesson: LessonName; check: number }
  /** What the check does now, in the words of the terminal. */
  | { kind: 'doing'; lesson: LessonName; check: number; words: string }
  /** What was seen since the last such event, of one file of the lesson. */
  | { kind: 'wire'; lesson: LessonName; check: number; file: string; events: WireEvent[] }
  | { kind: 'verdict'; lesson: LessonName; verdict: LessonVerdict }
  | { kind: 'cancelled'; lesson: LessonName; check: number }
  | CellUpdate;

const name = v.pipe(v.string(), v.regex(/^[a-z][a-z0-9-]{0,80}$/));

/** A lesson in a path. */
export const lessonNameSchema = v.object({ course: name, id: name });

const fileText = v.pipe(v.string(), v.maxLength(1_000_000));

/** A file's new text, and the version that it was made from. */
export const savedFileSchema = v.strictObject({
  text: fileText,
  base: v.pipe(v.string(), v.maxLength(64)),
  /** The version that gives way to it where two met: it is kept under a dated name. */
  other: v.optional(fileText),
});

/** What is asked for beside a lesson's files. */
export const comparisonSchema = v.strictObject({
  /** It is meant, though the lesson has not been passed. */
  confirmed: v.boolean(),
  /** What goes further than the task, in place of the worked version. */
  further: v.optional(v.boolean(), false),
});

/** Words to look for. */
export const searchSchema = v.object({ words: v.pipe(v.string(), v.maxLength(200)) });

/** A lesson that a search found. */
export interface Match extends LessonName {
  number: number;
  title: string;
  /** A piece of its text around the words; absent where the title has them. */
  excerpt?: string;
}

/** Why a request was not served: a sentence, and the next step. */
export interface Refusal {
  message: string;
  next: string;
}

/** The answer to a save: the new version; or what is there in place of `base`. */
export interface Saved {
  saved: boolean;
  file: LessonFile;
  /** Where the version that gave way is kept, from the learner's folder. */
  kept?: string;
}

/** How what was started in a lesson's text stands. */
export interface CellStatus {
  /** `waits`: a prompt takes the next command. */
  state: 'runs' | 'waits' | 'ended';
  /** A sentence on how it ended; before that on what is particular, mostly empty. */
  words: string;
  /** Of an end: nothing went wrong. */
  well?: boolean;
  /** What stands before a line at the prompt. */
  prompt?: string;
  /** Of a server: the port that it asked for. */
  port?: number;
}

/** What is new of something that was started in a lesson's text: a cell, a prompt, or a server. */
export interface CellUpdate {
  kind: 'cell';
  /** As the page that started it has named it. */
  run: string;
  /** What was seen since the last update. */
  events?: WireEvent[];
  /** The keys of Redis that are other than before it. */
  keys?: LeftKey[];
  status?: CellStatus;
}

/** All of it so far. */
export type CellRun = Required<Pick<CellUpdate, 'run' | 'events' | 'keys' | 'status'>>;

/** A run, by a name that no other has. */
const runName = v.pipe(v.string(), v.regex(/^[\w-]{8,64}$/));

/** A run in a path. */
export const runNameSchema = v.object({ run: runName });

/** A cell to run: its text as it stands in the page, and its place among the text's, from 0. */
export const startedCellSchema = v.strictObject({
  run: runName,
  place: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(999)),
  text: v.pipe(v.string(), v.maxLength(100_000)),
});

/** Commands for Redis, a line each, as they are typed at its prompt. */
export const enteredSchema = v.strictObject({
  run: runName,
  text: v.pipe(v.string(), v.maxLength(100_000)),
});

/** The lesson's own server, to be started. */
export const startedServerSchema = v.strictObject({ run: runName });

/** What a server is asked, and how many ask it at once. */
export const askedSchema = v.strictObject({
  path: v.pipe(v.string(), v.maxLength(2000), v.regex(/^\/[!-~]*$/)),
  times: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)),
});

/** What a server answered, and how many got just that. */
export interface ServerAnswer {
  count: number;
  /** Absent where no answer came. */
  status?: number;
  /** Of one of them. */
  headers: [name: string, value: string][];
  /** Laid out, if it is JSON; why none came, if none did. */
  body: string;
}

/** What came of asking a server, the most frequent answer first. */
export interface ServerAnswers {
  answers: ServerAnswer[];
  /** How many more kinds of answer there were. */
  omitted: number;
  ms: number;
}
