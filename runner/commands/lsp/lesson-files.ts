import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { endings, workspaceFolder } from '../../course/folder/workspace';
import type { Lesson } from '../../course/lesson';
import type { Session } from '../session';

/**
 * The lesson that a file belongs to, of any course; nothing for a file of another folder, or one that no
 * lesson asks for. The workspace is not opened for it: an editor asks about any file.
 */
export function lessonOfFile(session: Session, file: string): Lesson | undefined {
  const folder = session.options.dir === undefined ? workspaceFolder() : session.workspace.folder;
  if (real(path.dirname(file)) !== real(folder)) return undefined;
  const name = path.basename(file);
  return session.shelf.courses
    .flatMap(({ lessons }) => lessons)
    .find((lesson) =>
      lesson.files.some((one) => endings(lesson, one).some((ending) => one + ending === name)),
    );
}

/** The path of a document; nothing where it is no file. */
export function pathOf(uri: string): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** Another text after each writing of one of the files. */
export function stampOf(files: readonly string[]): string {
  return files
    .map((file) => {
      const stats = fs.statSync(file, { throwIfNoEntry: false });
      return `${file} ${stats?.mtimeMs} ${stats?.ino} ${stats?.size}`;
    })
    .join('\n');
}

/** Links and letter cases apart; as it is where it is not there. */
function real(folder: string): string {
  try {
    return fs.realpathSync.native(folder);
  } catch {
    return path.resolve(folder);
  }
}
