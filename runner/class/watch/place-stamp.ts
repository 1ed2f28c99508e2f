import fs from 'node:fs';
import path from 'node:path';
import { isBareRepository } from '../submission/repository';
import { mostEntries } from '../submission/submission';

/**
 * How what a learner handed in looks from outside: another text once a file that counts is written, added
 * or removed, or a commit is made. Nothing is read but names, sizes and times.
 * @param place a folder, a zip or a bare repository on this machine
 */
export function placeStamp(place: string): string {
  const look = new Look(place);
  if (isBareRepository(place)) {
    for (const name of ['HEAD', 'packed-refs']) look.file(name);
    look.folder('refs');
  } else if (look.file('') !== 'file') {
    look.folder('');
    // A commit of the same files is handed in at another time.
    for (const name of ['.git/HEAD', '.git/logs/HEAD']) look.file(name);
  }
  return look.seen.join('\n');
}

class Look {
  readonly seen: string[] = [];
  readonly #top: string;

  constructor(top: string) {
    this.#top = top;
  }

  folder(folder: string): void {
    for (const entry of entriesOf(path.join(this.#top, folder))) {
      // More than is taken of anybody: it is refused, however it looks.
      if (this.seen.length > mostEntries) return;
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (!entry.isDirectory()) this.file(name);
      else if (!/^(\.|node_modules$)/.test(entry.name)) {
        this.seen.push(name);
        this.folder(name);
      }
    }
  }

  file(name: string): 'file' | 'none' {
    const stats = fs.lstatSync(path.join(this.#top, name), { throwIfNoEntry: false });
    if (!stats || stats.isDirectory()) return 'none';
    // Changed last: a copy that keeps the time of the original changes that as well.
    this.seen.push(`${name} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`);
    return 'file';
  }
}

/** Of a folder that is gone, or may not be read, there is nothing to see. */
function entriesOf(folder: string): fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
