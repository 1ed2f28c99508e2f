import type { Sandbox, StartOptions } from '../sandbox/sandbox';
import type { CourseTerms } from './course-terms';
import { fail, type PlacedFinding } from './finding';
import { Keyspace } from './program/keyspace';
import { ProgramRun } from './program/program-run';
import { Source } from './source/requirements';

export interface TaskFiles {
  /** The file under check, absolute. */
  file: string;
  /** Its name without ending. */
  name: string;
  /** The learner's folder. */
  folder: string;
  course: CourseTerms;
  /** Any other course file that the learner has, by name without ending. */
  own(name: string): string | undefined;
  /** The worked version of any course file. */
  worked(name: string): string;
}

/** Says better what a finding comes from, where the file shows it; nothing where it does not. */
export type Explanation = (finding: PlacedFinding) => Partial<PlacedFinding> | undefined;

export type RunOptions = Partial<Omit<StartOptions, 'file'>>;

/** What a check has in hand while it grades one file. */
export class Task implements TaskFiles {
  readonly file: string;
  readonly name: string;
  readonly folder: string;
  readonly course: CourseTerms;
  readonly redis: Keyspace;
  readonly sandbox: Sandbox;
  readonly signal: AbortSignal | undefined;
  readonly advice: string[] = [];
  readonly #files: TaskFiles;
  readonly #explanations: Explanation[] = [];
  #source: Source | undefined;
  #names = new Map<string, number>();

  constructor(files: TaskFiles, sandbox: Sandbox, signal?: AbortSignal) {
    this.#files = files;
    this.file = files.file;
    this.name = files.name;
    this.folder = files.folder;
    this.course = files.course;
    this.sandbox = sandbox;
    this.redis = new Keyspace(sandbox.connection);
    this.signal = signal;
  }

  own(name: string): string | undefined {
    return this.#files.own(name);
  }

  worked(name: string): string {
    return this.#files.worked(name);
  }

  /** The file's syntax tree. */
  get source(): Source {
    this.#source ??= new Source(this.file);
    return this.#source;
  }

  /** Starts the file under check. */
  run(options: RunOptions = {}): Promise<ProgramRun> {
    return this.start(this.file, { folder: this.folder, name: this.name, ...options });
  }

  /** Starts the worked version of a course file, as the other side. */
  runWorked(name: string, options: RunOptions = {}): Promise<ProgramRun> {
    return this.start(this.worked(name), { name, ...options });
  }

  /** Starts any file. */
  async start(file: string, options: RunOptions & { name: string }): Promise<ProgramRun> {
    // Its lines stand beside those of the run that had a Redis: the name shows which is which.
    const called = options.redisDown ? `${options.name} (Redis down)` : options.name;
    const count = (this.#names.get(called) ?? 0) + 1;
    this.#names.set(called, count);
    const name = count === 1 ? called : `${called} (${count})`;
    const program = await this.sandbox.start({
      lent: this.course.packages,
      tools: this.course.tools,
      reader: this.course.reader,
      ...options,
      file,
      name,
    });
    return new ProgramRun(this.sandbox, program, this.course, this.signal);
  }

  /** Something worth knowing that does not fail the file. */
  advise(text: string): void {
    if (!this.advice.includes(text)) this.advice.push(text);
  }

  /** Findings of this check, of whatever kind, are told by the first of these that knows better. */
  explainBy(...explanations: Explanation[]): void {
    this.#explanations.push(...explanations);
  }

  /** A finding as it is to be told. */
  explained(finding: PlacedFinding): PlacedFinding {
    for (const explain of this.#explanations) {
      const better = explain(finding);
      if (better)
        return { ...finding, at: undefined, compared: undefined, line: undefined, ...better };
    }
    return finding;
  }

  /** @throws CheckFailure always */
  fail(finding: PlacedFinding): never {
    return fail(finding);
  }
}
