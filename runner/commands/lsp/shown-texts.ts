import { chmodSync, copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Lesson } from '../../course/lesson';
import { type TemporaryFolder, temporaryFolder } from '../../redis/temporary';
import { reaper } from '../../sandbox/process/reaper';
import type { Session } from '../session';
import { versionsOf } from '../solution';

/**
 * Texts of the course as files that an editor can open: copies that cannot be written, so that nobody
 * saves over the course, without the hints that stand in the course's own files.
 */
export class ShownTexts {
  #folder: TemporaryFolder | undefined;

  /** The text of a lesson. @returns the file, absolute @throws EnvironmentError where it cannot be made */
  lesson(lesson: Lesson): string {
    const file = path.join(this.#folderOf(lesson), `lesson-${lesson.number}.md`);
    makeOnce(file, () => writeFileSync(file, `${lesson.text}\n`));
    return file;
  }

  /** The worked versions of a lesson's files. @returns as {@link lesson} */
  worked(session: Session, lesson: Lesson): string[] {
    const folder = path.join(this.#folderOf(lesson), 'worked');
    mkdirSync(folder, { recursive: true });
    return versionsOf(session, lesson).map((version) => {
      const file = path.join(folder, path.basename(version.file));
      makeOnce(file, () => copyFileSync(version.file, file));
      return file;
    });
  }

  remove(): void {
    this.#folder?.remove();
    this.#folder = undefined;
  }

  #folderOf({ course, number }: Lesson): string {
    this.#folder ??= temporaryFolder('workbook-', reaper);
    const folder = path.join(this.#folder.path, `${course}-${number}`);
    mkdirSync(folder, { recursive: true });
    return folder;
  }
}

function makeOnce(file: string, make: () => void): void {
  if (existsSync(file)) return;
  make();
  chmodSync(file, 0o444);
}
