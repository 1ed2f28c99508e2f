import fs from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, getFileNameLowLevel, openPromise, type ZipFile } from 'yauzl';
import { EnvironmentError } from '../../redis/instance';
import { temporaryVariable } from '../../redis/temporary';
import { placeIn } from './plain-name';
import { SubmissionRefusal } from './refusal';
import { mostBytes, mostEntries } from './submission';

/** Whether a file is a zip, by its name. */
export function isZipName(name: string): boolean {
  return /\.zip$/i.test(name);
}

/**
 * Unpacks what a learner handed in as a zip into an empty folder. Nothing is ever written outside of it or
 * over anything, and no more than a folder may hold; packages and hidden folders are passed over.
 * @param folder absolute
 * @returns the time of the newest file, by the clock of whoever packed it; nothing where there is no file
 * @throws SubmissionRefusal for a zip that is damaged, encrypted or too large, or that holds links or names
 * that leave the folder; EnvironmentError if the folder cannot be written
 */
export async function unpackZip(file: string, folder: string): Promise<Date | undefined> {
  let zip: ZipFile | undefined;
  try {
    // Names are read here: its own reading of them would end at the first that is not plain.
    zip = await openPromise(file, { lazyEntries: true, decodeStrings: false, autoClose: false });
    return await new Unpacking(zip, folder).run();
  } catch (error) {
    throw refusalOf(error, file);
  } finally {
    zip?.close();
  }
}

/** Most entries of a zip, whether or not they count: packages that were packed too are passed over. */
const mostListed = 100_000;

class Unpacking {
  readonly #zip: ZipFile;
  readonly #folder: string;
  #newest: Date | undefined;
  #entries = 0;
  #bytes = 0;

  constructor(zip: ZipFile, folder: string) {
    this.#zip = zip;
    this.#folder = folder;
  }

  async run(): Promise<Date | undefined> {
    if (this.#zip.entryCount > mostListed) throw tooMany(mostListed);
    for await (const entry of this.#zip.eachEntry()) await this.#take(entry);
    return this.#newest;
  }

  async #take(entry: Entry): Promise<void> {
    const name = nameOf(entry);
    const place = placeIn(this.#folder, name.replace(/\/$/, ''));
    if (place === undefined) {
      throw new SubmissionRefusal(
        `The zip holds a name that leads out of its folder: ${shown(name)}.`,
        'Have it packed again, from inside the folder with the files.',
      );
    }
    if (isPassedOver(name)) return;
    this.#expectPlain(entry, name);
    this.#expectRoom(entry);
    if (name.endsWith('/')) return void fs.mkdirSync(place, { recursive: true });
    fs.mkdirSync(path.dirname(place), { recursive: true });
    const from = await this.#zip.openReadStreamPromise(entry);
    await pipeline(from, fs.createWriteStream(place, { flags: 'wx', mode: 0o600 }));
    const at = entry.getLastModDate();
    if (!this.#newest || at > this.#newest) this.#newest = at;
  }

  #expectPlain(entry: Entry, name: string): void {
    if (entry.isEncrypted()) {
      throw new SubmissionRefusal(
        `${shown(name)} in the zip is encrypted.`,
        'Have it handed in without a password.',
      );
    }
    // The mode that Unix gives it, if that is where it was packed.
    const kind = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (kind === 0 || kind === 0o100000 || kind === 0o040000) return;
    throw new SubmissionRefusal(
      `${shown(name)} in the zip is no plain file, but a link or the like.`,
      'Have it packed again, with the file itself in place of the link.',
    );
  }

  /** By what the zip says of itself: more than that does not come out of it. */
  #expectRoom(entry: Entry): void {
    this.#entries += 1;
    this.#bytes += entry.uncompressedSize;
    if (this.#entries > mostEntries) throw tooMany(mostEntries);
    if (this.#bytes <= mostBytes) return;
    throw new SubmissionRefusal(
      `The zip holds more than ${mostBytes / 1024 / 1024} MB.`,
      'Have it packed again without what no lesson asks for.',
    );
  }
}

function nameOf({ generalPurposeBitFlag, fileNameRaw, extraFields }: Entry): string {
  return getFileNameLowLevel(generalPurposeBitFlag, fileNameRaw, extraFields, false);
}

/** What no folder counts either, and what macOS puts beside each file. */
function isPassedOver(name: string): boolean {
  const folders = name.split('/').slice(0, -1);
  return folders.some((one) => /^(\.|node_modules$|__MACOSX$)/.test(one));
}

/** A name that can be shown: as long as names are, and without what moves a cursor. */
function shown(name: string): string {
  const plain = name.replace(/\p{C}/gu, '\uFFFD');
  return plain.length > mostShown ? `${plain.slice(0, mostShown)}…` : plain;
}

const mostShown = 80;

function tooMany(most: number): SubmissionRefusal {
  return new SubmissionRefusal(
    `The zip holds more than ${most} files.`,
    'Have the course’s files packed alone, without packages and builds.',
  );
}

/** Of the disk's faults whoever grades is told; all else is the zip's. */
function refusalOf(error: unknown, file: string): Error {
  if (error instanceof SubmissionRefusal) return error;
  const { code = '', syscall } = error as NodeJS.ErrnoException;
  if (['EEXIST', 'ENOTDIR', 'EISDIR', 'ENAMETOOLONG', 'EINVAL'].includes(code)) {
    return new SubmissionRefusal(
      'The zip holds a name twice, or one that no disk takes.',
      'Have it packed again.',
    );
  }
  if (syscall !== undefined && ['ENOSPC', 'EDQUOT', 'EROFS', 'EMFILE', 'ENFILE'].includes(code)) {
    return new EnvironmentError(
      `${path.basename(file)} cannot be unpacked (${code}).`,
      `Make room where temporary files go, or name another place for them: ${temporaryVariable()}.`,
    );
  }
  if (syscall !== undefined) {
    return new SubmissionRefusal(
      `${path.basename(file)} cannot be read (${code}).`,
      'Give yourself the right to read it, and grade again.',
    );
  }
  return new SubmissionRefusal(
    `${path.basename(file)} is no zip, or it is damaged.`,
    'Fetch it again, or have it handed in again.',
  );
}
