/*
 * Changes one thing at a time in the worked versions, and looks whether their checks notice.
 *   npm run mutation -- [--lesson N] [--redis server|embedded] [--list]
 * --list names the mutants and grades none. Outcomes are kept: a second run grades what has changed.
 */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { isSnapshot } from '../../runner/course/lesson';
import type { RedisSource } from '../../runner/redis/instance';
import { folderName, isMeant } from '../support/courses';
import { fingerprintOf } from '../support/fingerprint';
import { sourceOf } from '../support/redis-source';
import { allTrials, runTrial, type Trial } from '../support/trial';
import { dumpMutants } from './mutation/dump-mutants';
import { Equivalents } from './mutation/equivalent';
import type { Mutant } from './mutation/mutant';
import { type Outcome, Outcomes } from './mutation/outcomes';
import { programMutants } from './mutation/program-mutants';

/** Of the mutants that behave otherwise, so many in a hundred must fail their check. */
const wanted = 95;

const { values: options } = parseArgs({
  options: {
    lesson: { type: 'string' },
    redis: { type: 'string', default: 'server' },
    jobs: { type: 'string', default: '2' },
    list: { type: 'boolean', default: false },
  },
});

interface Tally {
  lesson: string;
  mutants: number;
  failed: number;
  equivalent: number;
}

async function main(): Promise<void> {
  const redis = await sourceOf(options.redis);
  const equivalents = new Equivalents();
  const tallies = new Map<string, Tally>();
  const faults: string[] = [];
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-mutation-'));
  try {
    for (const trial of workedTrials()) {
      const mutants = mutantsOfTrial(trial);
      if (options.list) {
        for (const one of mutants) console.log(`${one.file}:${one.line} ${one.id}`);
      }
      const outcomes = new Outcomes(fingerprintOf(checkOf(trial)), redis.kind);
      const survivors: Mutant[] = [];
      let graded = 0;
      await pMap(
        options.list ? [] : mutants,
        async (mutant) => {
          let outcome = outcomes.of(mutant);
          if (!outcome) {
            outcome = await gradeMutant(trial, mutant, path.join(folder, String(graded++)), redis);
            outcomes.keep(mutant, outcome);
          }
          if (outcome.survived) survivors.push(mutant);
        },
        { concurrency: Number(options.jobs) },
      );
      const fresh = survivors
        .filter((one) => equivalents.reason(trial.file, one.id) === undefined)
        .sort((one, other) => one.line - other.line);
      for (const one of fresh) console.log(`survived: ${trial.file}:${one.line} ${one.id}`);
      if (!options.list) {
        const alive = survivors.map((one) => one.id);
        for (const entry of equivalents.unneeded(trial.file, alive)) {
          faults.push(`listed as equivalent, but nothing survives: ${trial.file} ${entry}`);
        }
      }
      const lesson = folderName(trial.lesson);
      const tally = tallies.get(lesson) ?? {
        lesson,
        mutants: 0,
        failed: 0,
        equivalent: 0,
      };
      tally.mutants += mutants.length;
      tally.failed += mutants.length - survivors.length;
      tally.equivalent += survivors.length - fresh.length;
      tallies.set(lesson, tally);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  if (!options.list) faults.push(...report([...tallies.values()], redis.kind));
  for (const fault of faults) console.log(`✗ ${fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

function workedTrials(): Trial[] {
  return allTrials().filter(
    ({ kind, lesson }) => kind === 'worked' && isMeant(lesson, options.lesson),
  );
}

function mutantsOfTrial({ lesson, file, path: where }: Trial): Mutant[] {
  const bytes = readFileSync(where);
  return isSnapshot(lesson, file)
    ? dumpMutants(file, bytes)
    : programMutants(file, bytes.toString());
}

function checkOf(trial: Trial): string {
  return path.join(trial.lesson.folder, 'check.ts');
}

async function gradeMutant(
  trial: Trial,
  mutant: Mutant,
  where: string,
  redis: RedisSource,
): Promise<Outcome> {
  const file = `${where}${path.extname(trial.path)}`;
  writeFileSync(file, mutant.bytes);
  const start = performance.now();
  const part = await runTrial({ ...trial, path: file }, redis);
  rmSync(file);
  return {
    survived: part.verdict === 'passed',
    verdict: part.finding ? `${part.finding.class}: ${part.finding.message}` : part.verdict,
    ms: Math.round(performance.now() - start),
  };
}

/**
 * Prints the table: the rate leaves out what equivalent.yml gives a reason for, `of all` does not.
 * @returns the lessons whose rate is too low
 */
function report(tallies: Tally[], redis: string): string[] {
  console.log(`\non ${redis}`);
  console.log('lesson                      mutants  failed  equivalent  survived    rate  of all');
  return tallies.flatMap(({ lesson, mutants, failed, equivalent }) => {
    const rate = (100 * failed) / (mutants - equivalent);
    const columns = [
      lesson.padEnd(26),
      String(mutants).padStart(8),
      String(failed).padStart(8),
      String(equivalent).padStart(12),
      String(mutants - failed - equivalent).padStart(10),
      `${rate.toFixed(1)}%`.padStart(8),
      `${((100 * failed) / mutants).toFixed(1)}%`.padStart(8),
    ];
    console.log(columns.join(''));
    return rate < wanted ? [`${lesson}: fewer than ${wanted}% of its mutants fail`] : [];
  });
}

main();
