/*
 * Grades every worked version with the connection cut, refused or delayed, and with Redis killed,
 * at each command of each program in turn.
 *   npm run faults -- [--lesson N] [--redis server|embedded] [--what cut|refuse|kill|delay] [--every K] [--from N] [--minutes N]
 * --every K takes each K-th command, --from N leaves out the first N faults, those that a run before
 * has tried, and --minutes N ends it early: what was left out is counted.
 * Every grading must end in time with a verdict; where the file fails, the verdict must name the
 * cause. A delay must not be noticed at all.
 */

import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { isSnapshot } from '../../runner/course/lesson';
import type { Fault } from '../../runner/sandbox/tap/faults';
import { isMeant } from '../support/courses';
import {
  commandCounts,
  errorText,
  type FaultOutcome,
  faultKinds,
  faultsOf,
  runWithFault,
} from '../support/fault-trial';
import { ownTemporaryFolder } from '../support/leftovers';
import { sourceOf } from '../support/redis-source';
import { allTrials, runTrial, type Trial, trialName } from '../support/trial';

const { values: options } = parseArgs({
  options: {
    lesson: { type: 'string' },
    redis: { type: 'string' },
    what: { type: 'string' },
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
    minutes: { type: 'string', default: 'Infinity' },
    jobs: { type: 'string', default: '2' },
  },
});

/** Longer than any verdict may take, in ms. */
const limit = 90_000;

/** How many faults go by from one line that tells of them to the next. */
const stride = 250;

const outcomes: FaultOutcome[] = [];
let slowest = { ms: 0, name: 'none' };
let crashes = 0;
let leftOut = 0;

for (const event of ['uncaughtException', 'unhandledRejection']) {
  process.on(event, (error: unknown) => {
    crashes += 1;
    console.log('✗ the runner would have crashed:', error);
  });
}

async function main(): Promise<void> {
  const leftovers = ownTemporaryFolder();
  for (const kind of options.redis ? [options.redis] : ['server', 'embedded']) await on(kind);
  await leftovers.none(false);
  leftovers.remove();
  tell();
}

async function on(kind: string): Promise<void> {
  const redis = await sourceOf(kind);
  const cases: { trial: Trial; fault: Fault }[] = [];
  for (const trial of workedTrials()) {
    const clean = await runTrial(trial, redis);
    if (clean.verdict !== 'passed') throw new Error(`${trial.file} fails without any fault`);
    const faults = faultsOf(commandCounts(clean), kinds(), Number(options.every));
    cases.push(...faults.map((fault) => ({ trial, fault })));
  }
  const left = cases.slice(Number(options.from));
  console.log(`${cases.length} faults on ${kind}, ${left.length} to try`);
  const before = outcomes.length;
  await pMap(
    left,
    async ({ trial, fault }) => {
      if (performance.now() > Number(options.minutes) * 60_000) {
        leftOut += 1;
        return;
      }
      const outcome = await runWithFault(trial, redis, fault, limit);
      outcomes.push(outcome);
      const name = `${trialName(trial)} on ${kind}, ${errorText(fault)}`;
      if (outcome.ms > slowest.ms) slowest = { ms: outcome.ms, name };
      const tried = outcomes.length - before;
      if (tried % stride === 0) console.log(`${tried} of ${left.length} tried`);
      if (outcome.fault === undefined) return;
      console.log(`✗ ${name}: ${outcome.fault}`);
    },
    { concurrency: Number(options.jobs) },
  );
}

function workedTrials(): Trial[] {
  return allTrials().filter(
    ({ kind, file, lesson }) =>
      kind === 'worked' && !isSnapshot(lesson, file) && isMeant(lesson, options.lesson),
  );
}

function kinds() {
  return faultKinds.filter((what) => options.what === undefined || options.what === what);
}

function tell(): void {
  const count = (name: string) => outcomes.filter(({ kind }) => kind === name).length;
  const classes = [...new Set(outcomes.map(({ kind }) => kind))].sort();
  const wrong = outcomes.filter(({ fault }) => fault !== undefined).length;
  console.log(
    [
      `${outcomes.length} faults tried: ${classes.map((one) => `${count(one)} ${one}`).join(', ')}`,
      `${wrong} wrong, ${count('hang')} hangs, ${crashes + count('crash')} crashes`,
      `the slowest verdict took ${(slowest.ms / 1000).toFixed(1)} s (${slowest.name})`,
      ...(leftOut > 0 ? [`${leftOut} left out for want of time`] : []),
    ].join('; '),
  );
  process.exitCode = wrong + crashes > 0 || outcomes.length === 0 ? 1 : 0;
}

main();
