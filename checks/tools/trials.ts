/*
 * Grades every worked version, starter and case, on real Redis and on the embedded one.
 *   npm run trials -- [--lesson N] [--redis server|embedded] [--kind right|wrong|…] [--module] [--babel] [--packages FOLDER] [--ahead] [--isolation walls|guard|none] [--fill]
 * --module lays each that can be an ECMAScript module into a folder of the type “module”.
 * --babel lays each that is JavaScript into a folder whose Babel makes ECMAScript 5 of it.
 * --packages gives each folder the node_modules of this one, such as one with redis 2.8 and mocha 6.
 * --ahead grades each a second time, with programs and Redis that were started beforehand.
 * --isolation says what holds the programs: without it the guard on the embedded Redis, and on a real one
 * the highest that this machine has.
 * --fill writes the verdict's class and message into declarations whose message is still empty:
 * read each before you keep it.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import * as v from 'valibot';
import { parseDocument } from 'yaml';
import { caseList } from '../../runner/course/authoring/cases';
import type { PartVerdict } from '../../runner/grading/verdict';
import type { RedisSource } from '../../runner/redis/instance';
import { chooseIsolation } from '../../runner/sandbox/isolation/choose';
import { type Isolation, isolations } from '../../runner/sandbox/isolation/level';
import { probeWalls } from '../../runner/sandbox/isolation/probe';
import { isMeant } from '../support/courses';
import { inTime } from '../support/in-time';
import { sourceOf } from '../support/redis-source';
import { takenStep } from '../support/taken-step';
import {
  allTrials,
  asBabel,
  asModules,
  differenceFrom,
  runTrial,
  runTrialTwice,
  type Trial,
  trialName,
} from '../support/trial';

const { values: options } = parseArgs({
  options: {
    lesson: { type: 'string' },
    redis: { type: 'string' },
    kind: { type: 'string' },
    module: { type: 'boolean', default: false },
    babel: { type: 'boolean', default: false },
    packages: { type: 'string' },
    isolation: { type: 'string' },
    ahead: { type: 'boolean', default: false },
    fill: { type: 'boolean', default: false },
    jobs: { type: 'string', default: '2' },
  },
});

/** Longer than any verdict may take, in ms: one that hangs is told by its name, and the rest go on. */
const patience = 3 * 60_000;

/** After how many a line says how far it is. */
const progress = 250;

async function main(): Promise<void> {
  const asked = v.parse(v.optional(v.picklist(isolations)), options.isolation);
  const every = allTrials();
  const all = options.module ? asModules(every) : options.babel ? asBabel(every) : every;
  const own = options.packages && path.resolve(options.packages, 'node_modules');
  const trials = all
    .filter(
      (trial) =>
        isMeant(trial.lesson, options.lesson) &&
        (options.kind === undefined || trial.kind === options.kind),
    )
    .map((trial) => (own ? { ...trial, packages: own } : trial));
  const kinds = options.redis ? [options.redis] : ['server', 'embedded'];
  let passed = 0;
  let failed = 0;
  for (const kind of kinds) {
    const redis = await sourceOf(kind);
    const wish = asked ?? (kind === 'embedded' ? 'guard' : undefined);
    const { isolation } = await chooseIsolation(wish, probeWalls);
    await pMap(
      trials,
      async (trial) => {
        const fault = await faultOf(trial, redis, isolation).catch((error: unknown) =>
          String(error),
        );
        if (fault === undefined) passed += 1;
        else {
          failed += 1;
          console.log(`✗ ${trialName(trial)} on ${kind}, ${isolation}: ${fault}`);
        }
        if ((passed + failed) % progress === 0) console.log(`  ${passed + failed} graded`);
      },
      { concurrency: Number(options.jobs) },
    );
  }
  console.log(`${passed} passed, ${failed} failed`);
  // One that hangs would keep this process as well.
  process.exit(failed === 0 ? 0 : 1);
}

/** What is wrong with the trial's verdict; nothing if it is as declared. */
async function faultOf(
  trial: Trial,
  redis: RedisSource,
  isolation: Isolation,
): Promise<string | undefined> {
  const parts = await inTime(trialName(trial), patience, async () =>
    options.ahead
      ? runTrialTwice(trial, redis, { isolation })
      : [await runTrial(trial, redis, { isolation })],
  );
  if (options.fill && parts[0]) fill(trial, parts[0]);
  return parts
    .map((part) => differenceFrom(trial, part) ?? takenStep(trial, part.finding))
    .find((one) => one !== undefined);
}

function fill(trial: Trial, part: PartVerdict): void {
  if (trial.expected?.message !== '' || !part.finding) return;
  const list = caseList(trial.lesson.folder);
  const name = `wrong/${path.basename(trial.path)}`;
  const { class: kind, message } = part.finding;
  const cases = parseDocument(readFileSync(list, 'utf8'));
  cases.setIn([name, 'class'], kind);
  cases.setIn([name, 'message'], message);
  writeFileSync(list, cases.toString({ lineWidth: 0 }));
  trial.expected = { class: kind, message };
}

main();
