import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { type Outcome, outcome, type Step } from './step';

const project = path.resolve(__dirname, '../../..');
const kept = path.join(project, 'node_modules/.cache/matrix');

/** All that may change what a test or a trial comes to. */
const sources = ['runner', 'lessons', 'checks', 'package-lock.json', 'tsconfig.json'];

/** Of the files of the project as they are now, committed or not. */
export function projectFingerprint(): string {
  const words = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...sources];
  const { stdout } = spawnSync('git', words, { cwd: project, encoding: 'utf8' });
  const hash = createHash('sha256');
  for (const name of new Set(stdout.split('\0').filter(Boolean))) {
    const file = path.join(project, name);
    const isThere = statSync(file, { throwIfNoEntry: false })?.isFile();
    hash.update(`\0${name}\0`).update(isThere ? readFileSync(file) : '');
  }
  return hash.digest('hex');
}

/** What the steps on one Node came to, from run to run. */
export class KeptOutcomes {
  readonly #folder: string;

  /** @param forgets whether nothing from before counts */
  constructor(version: string, fingerprint: string, forgets: boolean) {
    this.#folder = path.join(kept, version, fingerprint.slice(0, 16));
    if (forgets) rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
  }

  of(step: Step): Outcome | undefined {
    try {
      return v.parse(outcome, JSON.parse(readFileSync(this.#file(step, 'json'), 'utf8')));
    } catch {
      return undefined;
    }
  }

  keep(step: Step, one: Outcome): void {
    const file = this.#file(step, 'json');
    writeFileSync(`${file}.${process.pid}`, JSON.stringify(one));
    renameSync(`${file}.${process.pid}`, file);
  }

  /** The file with all that the step prints. */
  logOf(step: Step): string {
    return this.#file(step, 'log');
  }

  #file({ name, words }: Step, ending: string): string {
    const hash = createHash('sha256').update(words.join('\0')).digest('hex').slice(0, 8);
    const readable = name.replace(/[^\w.]+/g, '-').slice(0, 60);
    return path.join(this.#folder, `${readable}-${hash}.${ending}`);
  }
}
