import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { type Course, snapshotName } from '../runner/course/course';
import { courseFolders, loadCourse } from '../runner/course/load-course';
import { misnamedAssertions } from './support/assertions';
import { findingTextsRead } from './support/finding-texts';
import { type Import, importsOf, sourcesBelow } from './support/imports';
import { falseQuestions } from './support/questions';
import { suite } from './support/suite';
import { typedProgram } from './support/typed-program';

/*
 * The rules of the house (docs/architecture.md), each with a count that is 0. A course says what, a
 * vocabulary in which terms, the engine whether; imports run down.
 */

const project = path.join(__dirname, '..');
const runner = path.join(project, 'runner');
const courses = path.join(project, 'lessons');

/** From the top; a floor imports from itself and from those after it. */
const floors = [
  'menu',
  'page',
  'commands',
  'class',
  'report',
  'course',
  'vocabulary',
  'grading',
  'sandbox',
  'redis',
];

/** The floors inside the embedded Redis, from the top. */
const embeddedFloors = ['server', 'commands', 'engine', 'store', 'lua', 'protocol'];

const test = suite('architecture');

test('no floor imports from one above it', () => {
  assert.equal(upwardImports(runner, floors), []);
});

test('no floor of the embedded Redis imports from one above it', () => {
  const embedded = path.join(runner, 'redis', 'embedded');
  assert.equal(foldersIn(embedded), [...embeddedFloors].sort());
  assert.equal(upwardImports(embedded, embeddedFloors), []);
});

test('the engine imports nothing of a course', () => {
  const faults = sourcesBelow(runner)
    .flatMap(importsOf)
    .filter(({ target }) => target?.startsWith(courses + path.sep))
    .map(shown);
  assert.equal(faults, []);
});

test('the runner names no task of any course', () => {
  const words = courseFolders().flatMap((folder) => namesOf(loadCourse(folder)));
  const asked = [...new Set(words)].filter((word) => !generic.has(word));
  assert.ok(asked.length > 40, 'the courses’ names are found');
  const faults = sourcesBelow(runner).flatMap((file) => {
    if (exempt.has(path.relative(runner, file))) return [];
    const text = readFileSync(file, 'utf8');
    return asked
      .filter((word) => isWordIn(text, word))
      .map((word) => `${path.relative(project, file)} says “${word}”`);
  });
  assert.equal(faults, []);
});

test('every folder of the runner is a floor', () => {
  assert.equal(foldersIn(runner), [...floors].sort());
});

test('a lesson imports itself, its course’s vocabulary, #grading and #vocabulary', () => {
  const faults = checksOfLessons().flatMap(({ file, lesson, course }) =>
    importsOf(file)
      .filter(({ name, target }) => {
        if (name === '#grading' || name.startsWith('#vocabulary/')) return false;
        if (name.startsWith('node:')) return false;
        return ![lesson, path.join(course, 'vocabulary')].some((folder) =>
          target?.startsWith(folder + path.sep),
        );
      })
      .map(shown),
  );
  assert.equal(faults, []);
});

test('a course’s vocabulary imports itself, #grading and #vocabulary', () => {
  const faults = readdirSync(courses).flatMap((course) => {
    const folder = path.join(courses, course, 'vocabulary');
    return sourcesBelow(folder)
      .flatMap(importsOf)
      .filter(
        ({ name, target }) =>
          name !== '#grading' &&
          !name.startsWith('#vocabulary/') &&
          !name.startsWith('node:') &&
          !target?.startsWith(folder + path.sep),
      )
      .map(shown);
  });
  assert.equal(faults, []);
});

test('no modules import each other in a circle, types included', () => {
  const files = [...sourcesBelow(runner), ...checksOfLessons().map(({ file }) => file)];
  assert.equal(circlesAmong(files), []);
});

/** What grades, whichever ring it stands in. */
const gradingFiles = [
  ...['grading', 'vocabulary'].flatMap((floor) => sourcesBelow(path.join(runner, floor))),
  ...readdirSync(courses).flatMap((course) =>
    sourcesBelow(path.join(courses, course, 'vocabulary')),
  ),
  ...checksOfLessons().map(({ file }) => file),
];
const typed = typedProgram([...new Set([...sourcesBelow(runner), ...gradingFiles])]);

test('no code reads a message that is meant for people', () => {
  const faults = gradingFiles.flatMap((file) => findingTextsRead(typed, file));
  assert.equal(faults, []);
});

test('looking into a sentence is caught, in whatever way it is done', () => {
  const text = [
    'interface Finding { message: string; next: string; line?: number }',
    'declare const found: Finding, other: Error;',
    'declare function heard({ message, next: step }: Finding): void;',
    'export const caught = [',
    '  /missing/.test(found.message),',
    '  found.next.includes("print"),',
    "  found.message === '',",
    '];',
    'export function taken({ message, next: step }: Finding): boolean {',
    '  return /missing/.test(message) || step.length > 1;',
    '}',
    'export const free = [/missing/.test(other.message), found.message + found.next];',
    'heard(found);',
  ];
  withFile(text, (file) => {
    const lines = findingTextsRead(typedProgram([file]), file).map((one) => one.split(':')[1]);
    assert.equal(lines, ['5', '6', '7', '10', '10']);
  });
});

test('a question that is none is caught', () => {
  const text = [
    'declare function fail(): never;',
    'export const isNumber = (one: unknown) => Number(one);',
    'export function isText(one: unknown): boolean {',
    "  return typeof one === 'string' || fail();",
    '}',
    'export function isEven(one: number): boolean {',
    '  return one % 2 === 0;',
    '}',
  ];
  withFile(text, (file) => {
    const faults = falseQuestions(typedProgram([file]), file).map((one) => one.split(': ')[1]);
    assert.equal(faults, ['isNumber gives number', 'isText throws']);
  });
});

test('what is named as a question answers with a boolean, and ends no check', () => {
  const files = [...new Set([...sourcesBelow(runner), ...gradingFiles])];
  const faults = files.flatMap((file) => falseQuestions(typed, file));
  assert.equal(faults, []);
});

test('what throws a finding is named as an assertion, as waiting, or as a deed', () => {
  const text = [
    '/** @throws CheckFailure if it is none */',
    'export function tellsOfJobs(): void {}',
    '/** @throws CheckFailure if it is none */',
    'export function expectJobs(): void {}',
  ];
  withFile(text, (file) => assert.equal(misnamedAssertions(file), ['tellsOfJobs']));
  const files = [...new Set([...sourcesBelow(runner), ...gradingFiles])];
  assert.equal(files.flatMap(misnamedAssertions), []);
});

test.run();

/** Hands on a file of these lines, for a rule to be tried on. */
function withFile(lines: readonly string[], use: (file: string) => void): void {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
  try {
    const file = path.join(folder, 'code.ts');
    writeFileSync(file, lines.join('\n'));
    use(file);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Names of a course that are other things' names too. */
const generic = new Set([
  'queuing', // The workbook's own name, under which it keeps its files.
]);

/** Files that may say such a name, from the runner's folder. */
const exempt = new Set([
  'redis/default-file-name.ts', // Redis itself calls a snapshot so.
  'commands/lsp/client.ts', // What the language server's library calls a message without an answer.
]);

/** What only the course may know: its folders, ids, files and names, its port, and how many lessons it has. */
function namesOf(course: Course): string[] {
  const lessons = course.lessons.flatMap(({ id, folder, files, names }) => [
    id,
    path.basename(folder),
    ...files,
    ...names,
  ]);
  const count = numberWords[course.lessons.length];
  return [
    ...lessons,
    course.id,
    path.basename(course.folder),
    String(course.port),
    ...[snapshotName(course), count].filter((one) => one !== undefined),
  ];
}

/** Eight and more: smaller numbers are said of many things. */
const numberWords: Readonly<Record<number, string>> = {
  8: 'eight',
  9: 'nine',
  10: 'ten',
  11: 'eleven',
  12: 'twelve',
  13: 'thirteen',
  14: 'fourteen',
  15: 'fifteen',
  16: 'sixteen',
};

function isWordIn(text: string, word: string): boolean {
  const literal = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w-])${literal}(?![\\w-])`).test(text);
}

/** The imports below the folder that run from a floor to one above it. */
function upwardImports(root: string, order: readonly string[]): string[] {
  const floorOf = (file: string) => path.relative(root, file).split(path.sep)[0] ?? '';
  return sourcesBelow(root).flatMap((file) => {
    const floor = order.indexOf(floorOf(file));
    return importsOf(file)
      .filter(({ target }) => target?.startsWith(root + path.sep))
      .filter(({ target = '' }) => order.includes(floorOf(target)))
      .filter(({ target = '' }) => order.indexOf(floorOf(target)) < floor)
      .map(shown);
  });
}

function foldersIn(root: string): string[] {
  const entries = readdirSync(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** The files of all lessons that grade: check.ts, load.ts and check/, without the programs in it. */
function checksOfLessons(): { file: string; lesson: string; course: string }[] {
  return readdirSync(courses).flatMap((name) => {
    const course = path.join(courses, name);
    return readdirSync(course, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && /^\d/.test(entry.name))
      .flatMap((entry) => {
        const lesson = path.join(course, entry.name);
        const own = ['check.ts', 'load.ts'].map((file) => path.join(lesson, file));
        const files = [...sourcesBelow(path.join(lesson, 'check')), ...own];
        return files
          .filter((file) => !file.endsWith('-program.ts') && isThere(file))
          .map((file) => ({ file, lesson, course }));
      });
  });
}

function isThere(file: string): boolean {
  try {
    return readFileSync(file).length >= 0;
  } catch {
    return false;
  }
}

/** Each circle once, as the files on it. */
function circlesAmong(files: readonly string[]): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, trail: string[]) => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      const circle = [...trail.slice(at), file];
      circles.push(circle.map((one) => path.relative(project, one)).join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const { target } of importsOf(file)) {
      if (target !== undefined) visit(target, [...trail, file]);
    }
    done.add(file);
  };
  for (const file of files) visit(file, []);
  return circles;
}

function shown({ from, name }: Import): string {
  return `${path.relative(project, from)} imports ${name}`;
}
