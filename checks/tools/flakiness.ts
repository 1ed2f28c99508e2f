/*
 * Grades everything again and again under load, and looks for verdicts that differ.
 *   npm run flakiness -- [--rounds 20] [--lesson N] [--kind right|wrong|…]…
 *                        [--redis server|embedded] [--burners COUNT] [--jobs 2]
 * Rounds that were done are kept: a run goes on where the last one stopped.
 */
import os from 'node:os';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import type { RedisSource } from '../../runner/redis/instance';
import { isMeant } from '../support/courses';
import { sourceOf } from '../support/redis-source';
import { allTrials, runTrial, type Trial, trialName } from '../support/trial';
import { burn } from './flakiness/burners';
import { Verdicts } from './flakiness/verdicts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    lesson: { type: 'string' },
    kind: { type: 'string', multiple: true },
    redis: { type: 'string' },
    burners: { type: 'string', default: String(os.availableParallelism()) },
    jobs: { type: 'string', default: '2' },
  },
});

interface Subject {
  trial: Trial;
  redis: RedisSource;
  verdicts: Verdicts;
}

async function main(): Promise<void> {
  const subjects: Subject[] = [];
  for (const kind of options.redis ? [options.redis] : ['server', 'embedded']) {
    const redis = await sourceOf(kind);
    for (const trial of chosenTrials()) {
      subjects.push({ trial, redis, verdicts: new Verdicts(trial, kind) });
    }
  }
  const rounds = Number(options.rounds);
  const cool = burn(Number(options.burners));
  try {
    for (let round = 1; round <= rounds; round += 1) {
      const left = subjects.filter(({ verdicts }) => verdicts.rounds < round);
      if (left.length === 0) continue;
      await pMap(left, grade, { concurrency: Number(options.jobs) });
      const differ = subjects.filter(({ verdicts }) => verdicts.all.length > 1).length;
      console.log(`round ${round} of ${rounds}: ${left.length} graded, ${differ} differ`);
    }
  } finally {
    cool();
  }
  process.exitCode = report(subjects) === 0 ? 0 : 1;
}

function chosenTrials(): Trial[] {
  return allTrials().filter(
    ({ lesson, kind }) =>
      isMeant(lesson, options.lesson) &&
      (options.kind === undefined || options.kind.includes(kind)),
  );
}

async function grade({ trial, redis, verdicts }: Subject): Promise<void> {
  const { verdict, finding } = await runTrial(trial, redis);
  verdicts.add(finding ? `${finding.class}: ${finding.message}` : verdict);
  if (verdicts.all.length > 1) console.log(`differs: ${trialName(trial)} on ${redis.kind}`);
}

/** @returns how many subjects got more than one verdict */
function report(subjects: Subject[]): number {
  const differing = subjects.filter(({ verdicts }) => verdicts.all.length > 1);
  for (const { trial, redis, verdicts } of differing) {
    console.log(`✗ ${trialName(trial)} on ${redis.kind}`);
    for (const [verdict, count] of verdicts.all) console.log(`  ${count} times  ${verdict}`);
  }
  const total = subjects.reduce((sum, { verdicts }) => sum + verdicts.rounds, 0);
  console.log(
    `${subjects.length} subjects, ${total} verdicts, ${differing.length} subjects with more than one`,
  );
  return differing.length;
}

main();
