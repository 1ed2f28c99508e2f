import fs from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { EnvironmentError } from '../../redis/instance';
import { writeAtomically } from '../../write-atomically.cjs';
import type { GradedPage } from '../worker/grade-submission';
import { type GradedSubmission, gradedSubmissionSchema } from './graded-submission';

/**
 * Where a class's results are kept, for their owner alone: `results/ID.json` and the learner's page
 * `reports/ID.html` for each submission, `faults/ID.json` for those that nobody could grade.
 */
export class ResultsFolder {
  /** @throws EnvironmentError if it cannot be made */
  constructor(readonly folder: string) {
    for (const name of ['', 'results', 'reports', 'faults']) {
      this.#trying(() =>
        fs.mkdirSync(path.join(folder, name), { recursive: true, mode: ownerFolder }),
      );
    }
  }

  /** Whether a submission is graded. */
  has(id: string): boolean {
    return fs.existsSync(this.#file('results', id, 'json'));
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

  fault(id: string): Fault | undefined {
    return this.#read(this.#file('faults', id, 'json'), faultSchema);
  }

  /** Writes one of its files, to be read by its owner alone. @throws EnvironmentError if it cannot */
  write(name: string, text: string, { isNew = false } = {}): void {
    this.#trying(() =>
      writeAtomically(path.join(this.folder, name), text, { mode: ownerFile, isNew }),
    );
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

const ownerFolder = 0o700;
const ownerFile = 0o600;
