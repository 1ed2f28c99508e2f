import type { ProgramReader } from '../program-file';

/** What a file of a lesson is: a program that is run, tests that are run by a test runner, or a snapshot of Redis. */
export type FileKind = 'program' | 'test' | 'snapshot';

/** A package that programs need, or that tests are written with. */
export interface LentPackage {
  /** As it is imported. */
  name: string;
  /** The major version that the workbook lends if the learner's folder has none, or none that is newer. */
  major: number;
  /** The name under which the workbook has it, if that is another. */
  from?: string | undefined;
  for: 'programs' | 'tests';
}

/** What grading is told of the course that a file belongs to. */
export interface CourseTerms {
  /** The port on which its servers listen. */
  port: number;
  packages: readonly LentPackage[];
  /** Packages for the command line: a program that imports one the folder lacks gets an empty module. */
  tools: readonly string[];
  reader: ProgramReader;
  /** The client of Redis that it teaches. */
  client: { package: string; major: number };
}

/** The packages that the course's programs need, by name. */
export function neededPackages({ packages }: CourseTerms): string[] {
  return packages.filter((one) => one.for === 'programs').map(({ name }) => name);
}

/** The client that the course teaches, such as `redis 3`. */
export function taughtClient({ client }: CourseTerms): string {
  return `${client.package} ${client.major}`;
}
