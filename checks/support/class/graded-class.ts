import fs from 'node:fs';
import path from 'node:path';
import { type ClassTable, classTable } from '../../../runner/class/results/class-table';
import { ResultsFolder } from '../../../runner/class/results/results-folder';
import type { Ended } from '../command-line';
import { courses } from '../courses';

/** What has the class in a folder graded, its results beside it. */
export function gradeWords(folder: string): string[] {
  return ['class', 'grade', path.join(folder, 'class'), '--out', path.join(folder, 'results')];
}

/**
 * Lays out a class in a folder, each learner's right answer to the lesson 0 of a small course with a file of
 * their own beside it, so that no two are equal.
 * @param course the small course's folder
 */
export function layOutGreetings(course: string, folder: string, learners: number): void {
  const greeting = fs.readFileSync(path.join(course, '00-greeting', '0-greeting.ts'), 'utf8');
  for (let at = 0; at < learners; at++) {
    const own = path.join(folder, 'class', `L${at}`);
    fs.mkdirSync(own, { recursive: true });
    fs.writeFileSync(path.join(own, '0-greeting.ts'), greeting);
    fs.writeFileSync(path.join(own, 'name.txt'), String(at));
  }
}

/** The table that is stored in a results folder. */
export function storedTable(folder: string): ClassTable {
  const results = new ResultsFolder(folder);
  return classTable(results.record, results);
}

/** What came of each file that was there, in the form of a generated class. */
export function gradedCells(
  table: ClassTable,
): { name: string; expected: Record<string, string> }[] {
  const first = courses[0]?.id ?? '';
  return table.rows.map(({ learner, cells }) => ({
    name: learner.name,
    expected: Object.fromEntries(
      cells.flatMap(({ lesson, parts }) => {
        const name = lesson.includes('/') ? lesson : `${first}/${lesson}`;
        return parts
          .filter(({ verdict }) => verdict !== 'missing')
          .map(({ file, finding }) => [
            `${name} ${file.replace(/\.(?:ts|js)$/, '')}`,
            finding ? `${finding.class}: ${finding.message}` : 'passed',
          ]);
      }),
    ),
  }));
}

/** The processes of workers that a process has started. */
export function workersOf(pid: number): number[] {
  return childrenOf(pid, workerProgram);
}

/** Whether a process is a worker's, whoever started it. */
export function isWorker(pid: number): boolean {
  return commandOf(pid).includes(workerProgram);
}

const workerProgram = 'worker-process.ts';

/** The processes that a process has started whose command line has a word. */
export function childrenOf(pid: number, word: string): number[] {
  return fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((one) => parentOf(one) === pid && commandOf(one).includes(word));
}

/** Nothing for a process that has ended meanwhile. */
function parentOf(pid: number): number | undefined {
  // The name stands in brackets, and may hold brackets itself.
  const fields = textOf(pid, 'stat').split(') ').at(-1)?.split(' ') ?? [];
  return fields[1] === undefined ? undefined : Number(fields[1]);
}

function commandOf(pid: number): string {
  return textOf(pid, 'cmdline').replaceAll('\0', ' ');
}

function textOf(pid: number, name: string): string {
  try {
    return fs.readFileSync(path.join('/proc', String(pid), name), 'utf8');
  } catch {
    return '';
  }
}

/** Looks again and again while a command runs. @throws if it ends before it is so */
export async function waitWhileRunning(
  isSo: () => boolean,
  command: Promise<Ended>,
): Promise<void> {
  let ended: Ended | undefined;
  void command.then((how) => {
    ended = how;
  });
  while (!isSo()) {
    if (ended) throw new Error(`It ended (${ended.code}): ${ended.stderr}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
