import path from 'node:path';
import type { Course } from '../../../runner/course/course';
import { compileProgram } from '../../../runner/sandbox/process/compiled';
import { Sandbox } from '../../../runner/sandbox/sandbox';

/**
 * The packages of each program that is started while something of the course is graded in this process, by the
 * names that the workbook has them under.
 */
export async function startedPrograms(
  course: Course,
  grade: () => Promise<void>,
): Promise<string[][]> {
  const { start } = Sandbox.prototype;
  const programs: string[][] = [];
  Sandbox.prototype.start = function (options) {
    const { imports } = compileProgram(options.file, { reader: 'babel', ...options });
    const names = imports.flatMap(({ packages }) => packages);
    programs.push([...new Set(names)].map((name) => lentAs(course, name)));
    return start.call(this, options);
  };
  try {
    await grade();
    return programs;
  } finally {
    Sandbox.prototype.start = start;
  }
}

/** A program that loads packages and ends, for Node's `-e`; the project has them. */
export function loading(packages: readonly string[]): { line: string[]; cwd: string } {
  const imports = packages.map((name) => `require(${JSON.stringify(name)});`).join('');
  return {
    line: [process.execPath, '-e', `${imports} process.exit()`],
    cwd: path.join(__dirname, '../../..'),
  };
}

function lentAs({ packages }: Course, name: string): string {
  return packages.find((one) => one.name === name)?.from ?? name;
}
