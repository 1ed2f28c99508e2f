import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import type { Mutant } from './mutant';

/** What its check said of a mutant. */
export const outcome = v.object({
  survived: v.boolean(),
  /** Class and message, where it failed. */
  verdict: v.string(),
  ms: v.number(),
});
export type Outcome = v.InferOutput<typeof outcome>;

const folder = path.resolve(__dirname, '../../../node_modules/.cache/mutation');

/** Outcomes kept from run to run, by all that they depend on: the mutant, its check, the Redis. */
export class Outcomes {
  readonly #fingerprint: string;
  readonly #redis: string;

  constructor(fingerprint: string, redis: string) {
    this.#fingerprint = fingerprint;
    this.#redis = redis;
    mkdirSync(folder, { recursive: true });
  }

  /** @returns nothing where this mutant was not graded yet, or something has changed since */
  of(mutant: Mutant): Outcome | undefined {
    try {
      return v.parse(outcome, JSON.parse(readFileSync(this.#file(mutant), 'utf8')));
    } catch {
      return undefined;
    }
  }

  keep(mutant: Mutant, outcome: Outcome): void {
    const file = this.#file(mutant);
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(outcome));
    renameSync(`${file}.${process.pid}`, file);
  }

  #file({ file, bytes }: Mutant): string {
    const hash = createHash('sha256')
      .update(`${this.#fingerprint} ${this.#redis} ${file}\0`)
      .update(bytes);
    return path.join(folder, `${hash.digest('hex')}.json`);
  }
}
