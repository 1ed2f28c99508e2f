/*
 * Runs the tests and the trials on each line of Node that the workbook is for, one line after the
 * other, and prints a table.
 *   npm run matrix [-- part of a test file's name…] [--node 20.19|22|24|26]… [--part tests|slow|trials]…
 *                  [--lesson N]… [--kind right|wrong|…] [--redis server|embedded] [--jobs 2] [--again]
 * Each line's newest Node is asked for, unless --node names one whole (22.18.0); without a network the
 * newest that was fetched before. Without --part it runs the quick tests and the trials.
 * Format, lint and types are left to `npm test`: no Node changes them.
 * What a step came to is kept as long as no file of the project changes: a run goes on where the last
 * one stopped. --again forgets it.
 */
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import * as v from 'valibot';
import { fetchNode, lines } from './matrix/node-binary';
import { KeptOutcomes, projectFingerprint } from './matrix/outcomes';
import { type Outcome, runStep, type Step } from './matrix/step';
import { steps } from './matrix/steps';
import { table } from './matrix/table';

const { values: options, positionals: names } = parseArgs({
  options: {
    node: { type: 'string', multiple: true, default: [...lines] },
    part: { type: 'string', multiple: true, default: ['tests', 'trials'] },
    lesson: { type: 'string', multiple: true, default: [] },
    kind: { type: 'string' },
    redis: { type: 'string' },
    jobs: { type: 'string', default: String(os.availableParallelism()) },
    again: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

async function main(): Promise<void> {
  const { lesson: lessons, kind, redis, jobs } = options;
  const parts = v.parse(v.array(v.picklist(['tests', 'slow', 'trials'])), options.part);
  const all = steps({ parts, names, lessons, kind, redis, jobs });
  const fingerprint = projectFingerprint();
  const rows: [string, Outcome[]][] = [];
  for (const wish of options.node) {
    const node = fetchNode(wish);
    const kept = new KeptOutcomes(node.version, fingerprint, options.again);
    const outcomes: Outcome[] = [];
    for (const step of all) {
      const before = kept.of(step);
      const outcome = before ?? (await runStep(step, node.folder, kept.logOf(step)));
      if (!before) kept.keep(step, outcome);
      outcomes.push(outcome);
      console.log(lineOf(node.version, step, outcome, before !== undefined));
      if (outcome.failed > 0) console.log(`  ${path.relative('', kept.logOf(step))}`);
    }
    rows.push([node.version, outcomes]);
  }
  console.log(`\n${table(rows)}`);
  process.exitCode = rows.some(([, each]) => each.some(({ failed }) => failed > 0)) ? 1 : 0;
}

function lineOf(version: string, { name }: Step, outcome: Outcome, isKept: boolean): string {
  const { passed, failed, skipped, seconds } = outcome;
  const counts = `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  const time = isKept ? 'from before' : `${seconds.toFixed(0)} s`;
  return `${failed > 0 ? '✗' : '✓'} Node ${version}  ${name}  ${counts}  ${time}`;
}

main();
