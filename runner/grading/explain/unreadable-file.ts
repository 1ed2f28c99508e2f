import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { isProgramFile } from '../../program-file';
import { importedFile } from '../../sandbox/process/compiled';
import { Source } from '../source/requirements';
import type { Finding } from '../verdict';

/** In bytes. A program far below this takes a minute and all the memory to be parsed and run. */
const largest = 1_000_000;

const megabytes = (bytes: number) => (bytes / 1_000_000).toFixed(1);

/**
 * Why a file cannot be graded at all; nothing where it can.
 * @param file absolute
 * @param label its name as the learner has it
 */
export function unreadableFile(file: string, label: string): Finding | undefined {
  const isProgram = isProgramFile(file);
  let bytes: Buffer;
  try {
    const { size } = statSync(file);
    if (isProgram && size > largest) {
      return tooLarge(label, size);
    }
    bytes = readFileSync(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'EISDIR'
      ? finding(`${label} is a folder, not a file.`, 'Give the folder another name.')
      : finding(
          `The file ${label} cannot be read (${code}).`,
          'Look at its permissions: you must be allowed to read it.',
        );
  }
  if (!isProgram) return undefined;
  if (
    bytes
      .toString('utf8')
      .replace(/^\uFEFF/, '')
      .trim() === ''
  ) {
    return finding(`The file ${label} is empty.`, 'Write the task into it, or reset the lesson.');
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return finding(
      `The file ${label} is saved as UTF-16; Node reads UTF-8.`,
      'Save it again in the encoding UTF-8.',
    );
  }
  if (bytes.includes(0)) {
    return finding(
      `The file ${label} is no text: there are zero bytes in it.`,
      'Look at what was copied there; a program is plain text.',
    );
  }
  return new Source(file).empty
    ? finding(
        `The file ${label} holds nothing but comments.`,
        'Write the task into it, or reset the lesson.',
      )
    : undefined;
}

/**
 * A file of the learner's that this one imports, or one that such a file imports, and that is too
 * large to be compiled.
 * @param file absolute, one that can be read
 */
export function oversizedImport(file: string): Finding | undefined {
  const files = [file];
  for (const one of files) {
    for (const [, request = ''] of textOf(one).matchAll(imports)) {
      const imported = importedFile(one, request);
      if (imported === undefined || files.includes(imported)) continue;
      const { size } = statSync(imported);
      if (size > largest) return tooLarge(path.relative(path.dirname(file), imported), size);
      files.push(imported);
    }
  }
  return undefined;
}

/** What reads like a relative import: one too many costs a look at a file's size. */
const imports = /\b(?:from|import|require)\b\s*\(?\s*['"`](\.[^'"`\n]*)['"`]/g;

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return ''; // Whoever imports it is told so.
  }
}

function tooLarge(label: string, size: number): Finding {
  return finding(
    `The file ${label} is too large to be graded: it has ${megabytes(size)} MB, and no task needs more than 1 MB.`,
    'Take out the data that was pasted into it; a program of this course fits on a few pages.',
  );
}

function finding(message: string, next: string): Finding {
  return { class: 'unreadable-file', message, next };
}

/** A file that could be read when its check began, and no longer. */
export function goneFile(label: string): Finding {
  return {
    class: 'unreadable-file',
    message: `The file ${label} was there at the start and is gone: the program removed or changed it.`,
    next: 'Take out what does that, and write the file again.',
  };
}
