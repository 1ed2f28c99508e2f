import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { contentOf } from '../../../runner/course/authoring/cases';
import { fingerprintOf } from '../../support/fingerprint';
import type { Trial } from '../../support/trial';

const folder = path.resolve(__dirname, '../../../node_modules/.cache/flakiness');

/** How often each verdict was given. */
const counts = v.record(v.string(), v.number());

/**
 * The verdicts that a trial got on one kind of Redis, round by round. They are kept from run to run
 * as long as neither the trial's files nor the code that judges them change.
 */
export class Verdicts {
  readonly #file: string;
  readonly #counts: Record<string, number>;

  constructor(trial: Trial, redis: string) {
    const hash = createHash('sha256').update(`${judges(trial)} ${redis} ${trial.file}`);
    hash.update(`\0${trial.path}\0`).update(contentOf(trial));
    for (const file of Object.values(trial.beside)) {
      hash.update(`\0${file}\0`).update(readFileSync(file));
    }
    mkdirSync(folder, { recursive: true });
    this.#file = path.join(folder, `${hash.digest('hex')}.json`);
    this.#counts = read(this.#file);
  }

  get rounds(): number {
    return Object.values(this.#counts).reduce((sum, count) => sum + count, 0);
  }

  /** Each verdict that was given with its count, the most frequent first. */
  get all(): [verdict: string, count: number][] {
    return Object.entries(this.#counts).sort(([, one], [, other]) => other - one);
  }

  add(verdict: string): void {
    this.#counts[verdict] = (this.#counts[verdict] ?? 0) + 1;
    const beside = `${this.#file}.${process.pid}`;
    writeFileSync(beside, JSON.stringify(this.#counts));
    renameSync(beside, this.#file);
  }
}

const fingerprints = new Map<string, string>();

/** The code that gives the trial its verdict. */
function judges({ lesson }: Trial): string {
  const check = path.join(lesson.folder, 'check.ts');
  const known = fingerprints.get(check) ?? fingerprintOf(check);
  fingerprints.set(check, known);
  return known;
}

function read(file: string): Record<string, number> {
  try {
    return v.parse(counts, JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
