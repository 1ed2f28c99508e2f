import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { openReadOnlyFolder } from '../../course/folder/read-only-folder';
import type { Lesson } from '../../course/lesson';
import { UsageError } from '../../course/usage-error';
import type { Isolation } from '../../sandbox/isolation/level';
import { SubmissionRefusal } from './refusal';

/** What one learner hands in: the files that count, as they were when they were read. */
export interface Submission {
  /** In the order of their names. */
  files: readonly SubmittedFile[];
  /** The folders among them, also empty ones: a folder with a file's name is told of. */
  folders: readonly string[];
  /** What was passed over because it is no plain file: links, devices, sockets. */
  leftOut: readonly string[];
}

export interface SubmittedFile {
  /** From the top of the learner's folder, with `/` between folders. */
  name: string;
  content: Buffer;
}

/** What beside the files decides on a verdict. */
export interface GradingTerms {
  /** The lessons that are graded, such as `5` or `COURSE/5`, in order. */
  lessons: readonly string[];
  /** Of all that grades: see {@link graderFingerprint}. */
  checks: string;
  /** The kind of Redis that the programs meet. */
  redis: string;
  /** How far programs are kept from the machine. */
  isolation: Isolation;
}

/**
 * Reads a learner's folder. Everything below it counts but node_modules and what begins with a dot in
 * a folder's name; of a course folder one level down the package.json and the Babel files above count too.
 * Links are never followed: what they lead to may be somebody else's.
 * @param lessons by whose files the course folder is found
 * @throws SubmissionRefusal if there is no such folder, or it holds too much
 */
export function readSubmission(lessons: readonly Lesson[], given: string): Submission {
  const top = path.resolve(given);
  const inner = path.relative(top, courseFolder(lessons, given)).replaceAll(path.sep, '/');
  const reading = new Reading(top);
  if (inner !== '') {
    for (const name of above) reading.take(name);
    reading.folders.push(inner);
  }
  reading.walk(inner);
  const byName = (one: SubmittedFile, other: SubmittedFile) => (one.name < other.name ? -1 : 1);
  return {
    files: reading.files.sort(byName),
    folders: reading.folders.sort(),
    leftOut: reading.leftOut.sort(),
  };
}

/**
 * The name of a submission: equal files on equal terms have one, whoever handed them in.
 * @returns `s` and 40 hexadecimal digits: BullMQ takes a number for an id of its own
 */
export function submissionId({ files, folders }: Submission, terms: GradingTerms): string {
  const { lessons, checks, redis, isolation } = terms;
  const hash = createHash('sha256');
  hash.update(JSON.stringify([lessons, checks, redis, isolation, folders]));
  for (const { name, content } of files) {
    hash.update(JSON.stringify([name, content.length]));
    hash.update(content);
  }
  return `s${hash.digest('hex').slice(0, 40)}`;
}

/** What a folder of its own below the course folder's parent may say of the files in it. */
const above = ['package.json', '.babelrc', '.babelrc.json', 'babel.config.js', 'babel.config.json'];

/** Most bytes and files of one folder, before it is packed: far more than a course needs. */
export const mostBytes = 32 * 1024 * 1024;
export const mostEntries = 3000;

class Reading {
  readonly files: SubmittedFile[] = [];
  readonly folders: string[] = [];
  readonly leftOut: string[] = [];
  #bytes = 0;

  constructor(readonly top: string) {}

  walk(folder: string): void {
    for (const entry of entriesOf(path.join(this.top, folder))) {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (/^(\.|node_modules$)/.test(entry.name)) continue;
        this.folders.push(name);
        this.#expectRoom();
        this.walk(name);
      } else if (entry.isFile()) this.take(name);
      // Its packages are lent by the workbook, whatever they are here.
      else if (entry.name !== 'node_modules') this.leftOut.push(name);
    }
  }

  /** Reads a file if it is there and a plain one. */
  take(name: string): void {
    const file = path.join(this.top, name);
    const size = plainFileSize(file);
    if (size === undefined) return;
    this.#bytes += size;
    this.#expectRoom(name, size);
    this.files.push({ name, content: contentOf(file, name) });
  }

  #expectRoom(name = '', size = 0): void {
    if (this.#bytes > mostBytes) throw tooLarge(name, size);
    if (this.files.length + this.folders.length < mostEntries) return;
    throw new SubmissionRefusal(
      `The folder holds more than ${mostEntries} files.`,
      'Hand in the course’s files alone, without packages and builds.',
    );
  }
}

/** @param name the largest file that is known of, of so many bytes */
export function tooLarge(name: string, size: number): SubmissionRefusal {
  const megabytes = (size / 1024 / 1024).toFixed(1);
  return new SubmissionRefusal(
    `The folder holds too much to hand in: ${name} alone has ${megabytes} MB.`,
    'Take away what no lesson asks for, and hand in again.',
  );
}

function courseFolder(lessons: readonly Lesson[], given: string): string {
  try {
    const { folder } = openReadOnlyFolder(lessons, given);
    // A link to a folder leads to somebody else's as well.
    return fs.lstatSync(folder).isSymbolicLink() && folder !== path.resolve(given) ? given : folder;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    // The next step there is an option that a class has not.
    throw new SubmissionRefusal(error.message, 'Give the folder that holds this learner’s files.');
  }
}

function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(path.basename(folder), error);
  }
}

function plainFileSize(file: string): number | undefined {
  const stats = fs.lstatSync(file, { throwIfNoEntry: false });
  return stats?.isFile() ? stats.size : undefined;
}

/** Opened so that neither a link nor a pipe that took the file's place meanwhile is read. */
function contentOf(file: string, name: string): Buffer {
  const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = fs.constants;
  try {
    const opened = fs.openSync(file, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    try {
      return fs.readFileSync(opened);
    } finally {
      fs.closeSync(opened);
    }
  } catch (error) {
    throw unreadable(name, error);
  }
}

function unreadable(name: string, error: unknown): SubmissionRefusal {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  return new SubmissionRefusal(
    `${name} cannot be read (${code}).`,
    'Give yourself the right to read it, and grade again.',
  );
}
