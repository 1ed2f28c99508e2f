import { readdirSync } from 'node:fs';
import path from 'node:path';
import { isProgramFile } from '../../program-file';
import type { FileKind } from '../course-terms';
import { quote } from '../finding';
import type { Finding } from '../verdict';
import { nearest } from './edit-distance';

/** What of a course file a folder lacks. */
interface Lacking {
  /** The course's name of it, without its ending. */
  name: string;
  kind: FileKind | undefined;
  /** The learner's folder, absolute. */
  folder: string;
  /** The names of the files that the folder does have for the course. */
  taken: readonly string[];
}

/** A file that is not there: with the name of another that looks like it, if there is one. */
export function missingFile({ name, kind, folder, taken }: Lacking): Finding {
  const isSnapshot = kind === 'snapshot';
  const near = nearName(name, kind, folder, taken);
  if (near !== undefined) {
    const ending = isSnapshot ? '' : endingLike(near);
    const wanted = name + ending;
    return {
      class: 'missing-file',
      message: `There is no file ${wanted} yet; ${near} looks like it.`,
      next: `Give ${near} the name ${wanted}, to the letter.`,
    };
  }
  return {
    class: 'missing-file',
    message: `There is no file ${name} yet.`,
    next: isSnapshot
      ? `Type SAVE at the prompt of npm start -- redis, which puts the ${name} into its place. If you save in a Redis of your own, copy its ${name} into the root of your folder.`
      : `Write ${name}.ts or ${name}.js.`,
  };
}

/**
 * A file that still is what was laid out.
 * @param label its name as the learner has it
 * @param text what stands in it
 */
export function unbegunFile(label: string, text: string): Finding {
  const [, first] = /^\/\/ TODO: (.*)$/m.exec(text) ?? [];
  return {
    class: 'not-begun',
    message: `The file ${label} is still as it was laid out: the task is not begun yet.`,
    next: first
      ? `Begin with the first of its lines: ${quote(`TODO: ${first}`)}.`
      : 'Write what the task asks into it.',
  };
}

/** A file of the folder whose name was meant for this one: a slip, another sign between, a word more. */
function nearName(
  name: string,
  kind: FileKind | undefined,
  folder: string,
  taken: readonly string[],
): string | undefined {
  const isSnapshot = kind === 'snapshot';
  const stems = new Map<string, string>();
  for (const file of readdirSync(folder)) {
    const [, stem = file, ending = ''] = /^(.*?)(\.[^.]*)$/.exec(file) ?? [];
    if (isSnapshot ? ending !== '.rdb' : !/^\.[cm]?[jt]sx?$/.test(ending)) continue;
    // Tests are named after what they test.
    const isOther = /test|spec/i.test(stem) !== (kind === 'test');
    if (!isOther && !taken.includes(file)) stems.set(plain(stem), file);
  }
  const wanted = plain(isSnapshot ? name.replace(/\.[^.]*$/, '') : name);
  const longer = [...stems.keys()].find(
    (stem) => stem.startsWith(wanted) || (wanted.startsWith(stem) && stem.length >= 3),
  );
  const best = longer ?? nearest(wanted, stems.keys());
  return best === undefined ? undefined : stems.get(best);
}

/** The ending of a file that was meant for a program: its own, where a program may have it. */
function endingLike(file: string): string {
  if (isProgramFile(file)) return path.extname(file);
  return /\.[cm]?tsx$/.test(file) ? '.ts' : '.js';
}

/** A name without what people mix up in it. */
function plain(stem: string): string {
  return stem.toLowerCase().replace(/[^a-z0-9]+/g, '');
}
