import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { EnvironmentError } from '../../redis/instance';
import { writeAtomically } from '../../write-atomically.cjs';
import { type ClassRecord, classRecordSchema } from '../class-record';
import type { GradedPage } from '../worker/grade-submission';
import { type GradedSubmission, gradedSubmissionSchema } from './graded-submission';

/** Where results are kept if nobody says, from the current folder. */
export const usualResultsFolder = 'class-results';

/**
 * Where a class's results are kept, for their owner alone: `results/ID.json` and the learner's page
 * `reports/ID.html` for each submission, `faults/ID.json` for those that nobody could grade.
 */
export class ResultsFolder {
  readonly folder: string;

  /** @param folder the usual one without it */
  constructor(folder = usualResultsFolder) {
    this.folder = path.resolve(folder);
  }

  /** Makes the folder where there is none yet. @throws EnvironmentError if it cannot */
  make(): void {
    for (const name of ['', 'results', 'reports', 'faults']) {
      const folder = path.join(this.folder, name);
      this.#trying(() => fs.mkdirSync(folder, { recursive: true, mode: ownerFolder }));
    }
  }

  /** Whether a submission is graded. */
  has(id: string): boolean {
    return fs.existsSync(this.#file('results', id, 'json'));
  }

  /** Whether a class was graded into it. */
  get hasRecord(): boolean {
    return fs.existsSync(path.join(this.folder, recordName));
  }

  /**
   * What is kept of the class that was graded last.
   * @throws EnvironmentError where no class was graded
   */
  get record(): ClassRecord {
    const record = this.#read(path.join(this.folder, recordName), classRecordSchema);
    if (record) return record;
    throw new EnvironmentError(
      `There are no results of a class in ${this.folder}.`,
      'Grade one first with "class grade FOLDER", or name the folder that its results are in.',
    );
  }

  keepRecord(record: ClassRecord): void {
    this.write(recordName, JSON.stringify(record, null, 2));
  }

  /** Keeps a result; the first one of a submission stays. @throws EnvironmentError if it cannot */
  keep({ graded, page }: GradedPage): void {
    const { id } = graded;
    // The page first: whoever finds a result finds its page.
    this.write(path.join('reports', `${id}.html`), page, { isNew: true });
    this.write(path.join('results', `${id}.json`), JSON.stringify(graded), { isNew: true });
    fs.rmSync(this.#file('faults', id, 'json'), { force: true });
  }

  /** Keeps why a submission could not be graded, with what could be. */
  keepFault(id: string, fault: Fault): void {
    this.write(path.join('faults', `${id}.json`), JSON.stringify(fault));
  }

  /** @throws EnvironmentError for a file that the workbook did not write */
  result(id: string): GradedSubmission | undefined {
    return this.#read(this.#file('results', id, 'json'), gradedSubmissionSchema);
  }

  /** A submission's page, as HTML. */
  report(id: string): string | undefined {
    const file = this.#file('reports', id, 'html');
    return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
  }

  fault(id: string): Fault | undefined {
    return this.#read(this.#file('faults', id, 'json'), faultSchema);
  }

  /** Writes one of its files, to be read by its owner alone. @throws EnvironmentError if it cannot */
  write(name: string, text: string, { isNew = false } = {}): void {
    this.#trying(() =>
      writeAtomically(path.join(this.folder, name), text, { mode: ownerFile, isNew }),
    );
  }

  /** Writes files into a folder below, in place of all that lay in it. @throws EnvironmentError if it cannot */
  writeAnew(folder: string, files: Readonly<Record<string, string>>): void {
    const place = path.join(this.folder, folder);
    this.#trying(() => {
      fs.rmSync(place, { recursive: true, force: true });
      fs.mkdirSync(place, { mode: ownerFolder });
    });
    for (const [name, text] of Object.entries(files)) this.write(path.join(folder, name), text);
  }

  #file(kind: string, id: string, ending: string): string {
    return path.join(this.folder, kind, `${id}.${ending}`);
  }

  #read<Schema extends v.GenericSchema>(
    file: string,
    schema: Schema,
  ): v.InferOutput<Schema> | undefined {
    if (!fs.existsSync(file)) return undefined;
    const read = v.safeParse(
      v.pipe(v.string(), v.parseJson(), schema),
      fs.readFileSync(file, 'utf8'),
    );
    if (read.success) return read.output;
    throw new EnvironmentError(
      `${file} is not what the workbook wrote.`,
      'Remove it, and grade the class again: that submission alone is graded anew.',
    );
  }

  #trying(write: () => unknown): void {
    try {
      write();
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new EnvironmentError(
        `The results cannot be written to ${this.folder} (${code}).`,
        'Make room there, or name another folder: --out FOLDER.',
      );
    }
  }
}

const faultSchema = v.strictObject({
  /** A sentence. */
  cause: v.string(),
  /** What could be graded. */
  part: v.optional(gradedSubmissionSchema),
});

/** Why nobody could grade a submission. */
export type Fault = v.InferOutput<typeof faultSchema>;

const recordName = 'class.json';
const ownerFolder = 0o700;
const ownerFile = 0o600;
