import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';
import { type Finding, failureClasses } from '../../grading/verdict';

/** A file that a learner could hand in, with the verdict that it must get. */
export interface Case {
  /** `right/NAME` or `wrong/NAME`, as cases.yml has it. */
  name: string;
  kind: 'right' | 'wrong';
  /** The course's name of the file that it stands for, such as `1-key`. */
  file: string;
  /** Where it lies, absolute; where it would lie if it is an edit. */
  path: string;
  /** How it is made from another file; absent where it is a file itself. */
  edit?: Edit;
  /** Its folder's package.json says that its files are ECMAScript modules. */
  module: boolean;
  /** Its folder's Babel makes ECMAScript 5 of its .js files. */
  babel: boolean;
  /** Course files to lay beside it, by name, absolute. */
  with: Record<string, string>;
  /** What it must be told; absent where it must pass. */
  expected?: Pick<Finding, 'class' | 'message'>;
  /** What an advice that comes with its verdict must hold; absent where any will do, or none. */
  advice?: string;
}

/** A text as another one with some of its pieces replaced, in this order. */
export interface Edit {
  /** The file that is edited, absolute. */
  base: string;
  replace: readonly Replacement[];
}

type Replacement = v.InferOutput<typeof replacement>;

const replacement = v.strictObject({
  /** Text that occurs exactly once. */
  find: v.pipe(v.string(), v.nonEmpty()),
  /** What stands there in the case. */
  with: v.string(),
});

const fields = {
  /** The course's name of the file. */
  file: v.string(),
  /** Lay it into a folder of the type “module”. */
  module: v.optional(v.boolean(), false),
  /** Lay it into a folder with a .babelrc that names @babel/preset-env alone. */
  babel: v.optional(v.boolean(), false),
  /** Course files to lay beside it, by name, from the folder of the cases. */
  with: v.optional(v.record(v.string(), v.string()), {}),
  edit: v.optional(
    v.strictObject({
      /** Another case that is a file, or `worked`. */
      of: v.string(),
      replace: v.pipe(v.array(replacement), v.nonEmpty()),
    }),
  ),
};
const right = v.strictObject({
  ...fields,
  /** A piece of an advice that it must get. */
  advice: v.optional(v.string()),
});
const wrong = v.strictObject({
  ...fields,
  class: v.picklist(failureClasses),
  message: v.string(),
});

/**
 * Reads a lesson's cases/cases.yml.
 * @param lesson the lesson's folder, absolute
 * @throws Error that names the case and the field that is wrong
 */
export function readCases(lesson: string): Case[] {
  const entries = v.parse(v.record(v.string(), v.unknown()), parse(readList(lesson)) ?? {});
  return Object.entries(entries).map(([name, entry]) => readCase(lesson, name, entry, entries));
}

/** The list of a lesson's cases. */
export function caseList(lesson: string): string {
  return path.join(lesson, 'cases', 'cases.yml');
}

/**
 * The bytes of a case, edits made.
 * @throws Error that names the case, where a text to replace is not there exactly once
 */
export function contentOf({ path: where, edit }: Pick<Case, 'path' | 'edit'>): Buffer {
  if (!edit) return readFileSync(where);
  let text = readFileSync(edit.base, 'utf8');
  for (const { find, with: put } of edit.replace) {
    const count = text.split(find).length - 1;
    if (count !== 1) {
      const name = path.join(path.basename(path.dirname(where)), path.basename(where));
      const [line = ''] = find.split('\n');
      throw new Error(
        `${name}: “${line}” occurs ${count === 0 ? 'nowhere' : `${count} times`} in ${path.basename(edit.base)}; an edit replaces what occurs once`,
      );
    }
    text = text.replace(find, () => put);
  }
  return Buffer.from(text);
}

function readList(lesson: string): string {
  try {
    return readFileSync(caseList(lesson), 'utf8');
  } catch {
    throw new Error('there is no cases/cases.yml');
  }
}

function readCase(
  lesson: string,
  name: string,
  entry: unknown,
  entries: Readonly<Record<string, unknown>>,
): Case {
  const [, kind] = /^(right|wrong)\/[^/]+$/.exec(name) ?? [];
  if (kind === undefined) throw new Error(`${name}: a case is called right/NAME or wrong/NAME`);
  const isRight = kind === 'right';
  const read = v.safeParse(isRight ? right : wrong, entry);
  if (!read.success) {
    const [issue] = read.issues;
    throw new Error(`${name}: field "${v.getDotPath(issue) ?? ''}": ${issue.message}`);
  }
  const folder = path.join(lesson, 'cases');
  const { file, module, babel, with: others, edit } = read.output;
  const base = edit && baseOf(lesson, name, file, edit.of, entries);
  return {
    name,
    kind: isRight ? 'right' : 'wrong',
    file,
    path: path.join(folder, name),
    ...(edit && base !== undefined ? { edit: { base, replace: edit.replace } } : {}),
    module,
    babel,
    with: Object.fromEntries(
      Object.entries(others).map(([other, where]) => [other, path.join(folder, where)]),
    ),
    ...('class' in read.output
      ? { expected: { class: read.output.class, message: read.output.message } }
      : {}),
    ...('advice' in read.output && read.output.advice !== undefined
      ? { advice: read.output.advice }
      : {}),
  };
}

/** An edit is made of a file: so its text is to be seen, and no two edits are made of each other. */
function baseOf(
  lesson: string,
  name: string,
  file: string,
  of: string,
  entries: Readonly<Record<string, unknown>>,
): string {
  if (of === 'worked') return path.join(lesson, `${file}.ts`);
  if (!(of in entries)) throw new Error(`${name}: it edits ${of}, which is no case`);
  if (v.is(v.object({ edit: v.unknown() }), entries[of])) {
    throw new Error(`${name}: it edits ${of}, which is an edit itself`);
  }
  return path.join(lesson, 'cases', of);
}
