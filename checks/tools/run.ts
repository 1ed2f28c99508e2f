/*
 * Runs the test files side by side, each in a process of its own, and counts what uvu reports.
 *   npm test [-- part of a file's name…]      the quick tests, with format, lint and types
 *   npm run test:slow [-- part of a name…]     the rest: *.slow.test.ts
 *   npm run test:warm                         graded lessons and failures, with warm pools
 * A test that lacks a program is skipped, and the last lines say what to install for it.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { killGroup } from '../../runner/sandbox/process/process-group';
import { skipMark } from '../support/suite';

/** Something to run: a test file, or a check of the whole project. */
interface Job {
  name: string;
  command: readonly string[];
  /** Its exit code alone counts. */
  isPlain?: boolean;
}

interface Result extends Job {
  output: string;
  passed: number;
  failed: number;
  skipped: number;
  seconds: number;
}

const project = path.join(__dirname, '../..');
const checks = path.join(project, 'checks');
const hook = path.join(project, 'runner/hook.cjs');

/** The ending of what `npm test` leaves out. */
const slow = '.slow.test.ts';

/** How long a file may take, and how long it may take to end when uvu has counted, in milliseconds. */
const longestFile = 10 * 60_000;
const lastWords = 10_000;

/** The groups of the files that run. */
const groups = new Set<number>();

/** uvu's last line. */
const counted = /^ +Duration: /m;

/** The longest files first, so that the last one to end is a short one. */
const longest = [
  'lessons/trials.test.ts',
  'commands/commands.test.ts',
  'menu/menu.test.ts',
  'menu/screens.test.ts',
  'commands/exit-codes.slow.test.ts',
  'grading/failures.slow.test.ts',
  'course/runner-faults.slow.test.ts',
];

async function main(words: string[]): Promise<void> {
  const { values: options, positionals: names } = parseArgs({
    args: words,
    options: { slow: { type: 'boolean', default: false }, warm: { type: 'boolean' } },
    allowPositionals: true,
  });
  endOnSignals();
  if (options.warm) process.env.WORKBOOK_AHEAD = '1';
  const files = readdirSync(checks, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => options.warm || file.endsWith(slow) === options.slow)
    .filter((file) => names.length === 0 || names.some((name) => file.includes(name)))
    .sort((one, other) => rank(one) - rank(other))
    .map((name) => ({ name, command: ['-r', hook, path.join(checks, name)] }));
  const whole = names.length === 0 && !options.slow && !options.warm;
  const jobs: Job[] = [...(whole ? ofTheProject() : []), ...files];
  const results = await pMap(jobs, runJob, { concurrency: os.availableParallelism() });
  const sum = (field: 'passed' | 'failed' | 'skipped') =>
    results.reduce((total, one) => total + one[field], 0);
  for (const reason of skipReasons(results)) console.log(reason);
  const skipped = sum('skipped');
  console.log(
    `${sum('passed')} passed, ${sum('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
  );
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}

/** Formatter, linter and types, beside the tests. */
function ofTheProject(): Job[] {
  const bin = (name: string) => path.join(project, 'node_modules', name);
  return [
    { name: 'types', command: [bin('typescript/bin/tsc'), '-p', project], isPlain: true },
    {
      name: 'types of the course on other packages',
      command: [bin('typescript/bin/tsc'), '-p', path.join(project, 'lessons', 'today')],
      isPlain: true,
    },
    {
      name: 'format and lint',
      command: [bin('@biomejs/biome/bin/biome'), 'ci', '--colors=off', project],
      isPlain: true,
    },
  ];
}

function rank(file: string): number {
  const at = longest.indexOf(file);
  return at < 0 ? longest.length : at;
}

/** How many were skipped for want of what, the commonest first. */
function skipReasons(results: readonly Result[]): string[] {
  const counts = new Map<string, number>();
  for (const { output } of results) {
    for (const line of output.split('\n').filter((one) => one.startsWith(skipMark))) {
      const reason = line.slice(skipMark.length);
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([reason, count]) => `${count} skipped: ${reason}`);
}

async function runJob(job: Job): Promise<Result> {
  const start = performance.now();
  const { code, output } = await outcomeOf(job);
  const seconds = (performance.now() - start) / 1000;
  const result = { ...job, output, seconds, ...countsOf(job, code, output) };
  const { passed, failed, skipped } = result;
  const total = `${passed} of ${passed + failed}${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  console.log(`${failed > 0 ? '✗' : '✓'} ${job.name}  ${total}  ${seconds.toFixed(1)} s`);
  if (failed > 0) console.log(output);
  return result;
}

function outcomeOf({ command }: Job): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, command, {
      cwd: project,
      // A group of its own, so that its servers end with it.
      detached: true,
      // No test reaches another machine, and to read a list of certificates takes every Node 30 ms.
      env: { ...process.env, NODE_EXTRA_CA_CERTS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const stop = (): void => {
      output += '\nThis file did not end by itself and was stopped.\n';
      if (child.pid !== undefined) killGroup(child.pid, 'SIGKILL');
      // A server in a group of its own may still hold them, and then 'close' never comes.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    let timer = setTimeout(stop, longestFile);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk;
        if (!counted.test(output)) return;
        // Its tests are over: what a test that took too long has left does not hold up the rest.
        clearTimeout(timer);
        timer = setTimeout(stop, lastWords);
      });
    }
    if (child.pid !== undefined) groups.add(child.pid);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (child.pid !== undefined) groups.delete(child.pid);
      resolve({ code, output });
    });
  });
}

/** Ctrl-C reaches this process alone, since each file has a group of its own. */
function endOnSignals(): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => {
      for (const group of groups) killGroup(group, signal);
      process.exit(code);
    });
  }
}

/** What uvu counted; a file that breaks off before uvu can count is one failure more. */
function countsOf(
  { isPlain }: Job,
  code: number | null,
  output: string,
): Pick<Result, 'passed' | 'failed' | 'skipped'> {
  const good = code === 0;
  if (isPlain) return { passed: Number(good), failed: Number(!good), skipped: 0 };
  const count = (label: string) =>
    Number(new RegExp(`^ +${label}:\\s+(\\d+)`, 'm').exec(output)?.[1] ?? 0);
  const passed = count('Passed');
  const skipped = count('Skipped');
  const failed = count('Total') - passed;
  const ran = passed + failed + skipped > 0;
  return { passed, skipped, failed: Math.max(failed, good && ran ? 0 : 1) };
}

main(process.argv.slice(2));
