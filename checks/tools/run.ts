/*
 * Runs the test files side by side, each in a process of its own, and counts what uvu tells.
 *   npm test -- [part of a file's name…]
 *   npm run test:ahead -- [part of a file's name…]
 *   npm run test:long -- [part of a file's name…]
 * With --ahead lessons and failures are graded with programs and Redis that were started beforehand.
 * What takes longer than a minute is called *.long.test.ts and runs by itself, with --long.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { eachOf } from '../support/each-of';

interface Result {
  file: string;
  output: string;
  code: number | null;
  passed: number;
  total: number;
  seconds: number;
}

const hook = path.join(__dirname, '../../runner/hook.cjs');

const checks = path.join(__dirname, '..');

/** The ending of what `npm test` leaves out. */
const long = '.long.test.ts';

/** The longest files first, so that the last one to end is a short one. */
const longest = [
  'lessons/lessons.test.ts',
  'commands/commands.test.ts',
  'lessons/servers.test.ts',
  'grading/failures.test.ts',
];

async function main(words: string[]): Promise<void> {
  const { values: options, positionals: names } = parseArgs({
    args: words,
    options: { long: { type: 'boolean' }, ahead: { type: 'boolean' } },
    allowPositionals: true,
  });
  if (options.ahead) process.env.WORKBOOK_AHEAD = '1';
  const wanted = options.long ?? false;
  const files = readdirSync(checks, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => file.endsWith(long) === wanted)
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort((one, other) => rank(one) - rank(other));
  const results: Result[] = [];
  await eachOf(files, os.availableParallelism(), async (file) => {
    const result = await run(file);
    results.push(result);
    const { passed, total, seconds, output } = result;
    const good = isGood(result);
    console.log(`${good ? '✓' : '✗'} ${file}  ${passed} of ${total}  ${seconds.toFixed(1)} s`);
    if (!good) console.log(output);
  });
  const passed = results.reduce((sum, one) => sum + one.passed, 0);
  // A file that breaks off before uvu can count is one failure more.
  const failed = results.reduce(
    (sum, one) => sum + Math.max(one.total - one.passed, isGood(one) ? 0 : 1),
    0,
  );
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
}

function rank(file: string): number {
  const at = longest.indexOf(file);
  return at < 0 ? longest.length : at;
}

function isGood({ code, passed, total }: Result): boolean {
  return code === 0 && total > 0 && passed === total;
}

function run(file: string): Promise<Result> {
  const start = performance.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['-r', hook, path.join(checks, file)], {
      // No test reaches another machine, and to read a list of certificates takes every Node 30 ms.
      env: { ...process.env, NODE_EXTRA_CA_CERTS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
      });
    }
    child.on('close', (code) => {
      const count = (label: string) =>
        Number(new RegExp(`${label}:\\s+(\\d+)`).exec(output)?.[1] ?? 0);
      resolve({
        file,
        output,
        code,
        passed: count('Passed'),
        total: count('Total') - count('Skipped'),
        seconds: (performance.now() - start) / 1000,
      });
    });
  });
}

main(process.argv.slice(2));
