import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { gradingTerms } from '../../runner/course/grading';
import { grade } from '../../runner/grading/grade';
import type { PrintedLine, Verdict } from '../../runner/grading/verdict';
import { findRedis } from '../../runner/redis/find';
import { describeScreen } from '../../runner/report/terminal/screen';
import { verdictReport } from '../../runner/report/terminal/verdict-report';
import { reaper } from '../../runner/sandbox/process/reaper';
import { ownTemporaryFolder } from '../support/leftovers';
import { queuing } from '../support/queuing';
import { suite } from '../support/suite';

const test = suite('hostile');

/*
 * Programs that break out, break off or break things, each in the place of a learner's answer to
 * lesson 1. After each one: the right verdict, no process, no file beside the learner's own. Those
 * that Node's guard stops run a second time without it, as on a Node that has none.
 */

const fixtures = path.join(__dirname, '../fixtures/hostile');
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'hostile-test-')));
const leftovers = ownTemporaryFolder();

test.after(() => {
  leftovers.remove();
  rmSync(folder, { recursive: true, force: true });
});

interface Outcome {
  verdict: string;
  message?: RegExp;
}

interface Case extends Outcome {
  /** What becomes of it without the guard, where that is something else. */
  unguarded?: Outcome;
  /** Systems where it can't be told apart or can't be done. */
  except?: NodeJS.Platform[];
  also?: (verdict: Verdict) => void;
}

const channel = /descriptor 3 or 4/;

/** What starts others is stopped by the guard, and does no harm without it. */
const starter: Case = {
  verdict: 'crash',
  message: /starts another program/,
  unguarded: { verdict: 'passed' },
};

const cases: Record<string, Case> = {
  'endless-silent': { verdict: 'time-out' },
  'endless-promises': { verdict: 'time-out' },
  'endless-loud': { verdict: 'output-limit' },
  'hundred-megabytes': {
    verdict: 'output-limit',
    also: (verdict) => {
      const size = printedBy(verdict).reduce((sum, { text }) => sum + text.length, 0);
      assert.ok(size > 1_000_000 && size <= 1024 * 1024, String(size));
    },
  },
  escapes: { verdict: 'wrong-output' },
  'fifty-children': starter,
  deaf: { verdict: 'passed' },
  detached: { ...starter, except: ['win32'] },
  'detached-twice': { ...starter, except: ['win32', 'darwin'] },
  'pipe-holder': { ...starter, except: ['win32'] },
  'pending-output': {
    verdict: 'wrong-output',
    also: (verdict) => {
      assert.equal(printedBy(verdict).at(-1)?.text, 'line 1999');
    },
  },
  'exit-in-handler': { verdict: 'crash', message: /exit code 7/ },
  'deletes-itself': {
    verdict: 'crash',
    message: /may write to a temporary folder only/,
    unguarded: { verdict: 'unreadable-file', message: /is gone/ },
  },
  'changes-folder': { verdict: 'passed', except: ['win32'] },
  'writes-channel': { verdict: 'crash', message: channel },
  'floods-channel': { verdict: 'crash', message: channel },
  'closes-channel': { verdict: 'crash', message: channel },
  // Node itself gives up over it.
  'closes-questions': { verdict: 'crash' },
  'throws-number': { verdict: 'crash', message: /threw “42”/ },
  'throws-nothing': { verdict: 'crash', message: /Object: null prototype/ },
  'throws-trap': { verdict: 'crash' },
  'throws-much': { verdict: 'crash' },
  'rejects-symbol': { verdict: 'crash', message: /promise was rejected/ },
  'listens-anywhere': { verdict: 'passed' },
  'listens-twice': { verdict: 'crash', message: /listens on port 1245 twice/ },
  'kills-group': { verdict: 'crash', message: /signal SIGKILL/, except: ['win32'] },
  'stops-itself': { verdict: 'time-out', except: ['win32'] },
};

test('every fixture has a row, and every row a fixture', () => {
  const names = readdirSync(fixtures).map((file) => path.parse(file).name);
  assert.deepEqual(names.sort(), Object.keys(cases).sort());
});

const [, lesson] = queuing.lessons;
const file = path.join(folder, '0-redis_client.js');

for (const [name, one] of Object.entries(cases)) {
  if (one.except?.includes(process.platform)) continue;
  throwAt(name, one, one.also);
  if (one.unguarded) throwAt(name, one.unguarded, one.also, true);
}

function throwAt(
  name: string,
  { verdict, message }: Outcome,
  also: Case['also'],
  unguarded = false,
): void {
  test(`${name}${unguarded ? ', without the guard' : ''}: ${verdict}`, async () => {
    assert.ok(lesson);
    copyFileSync(path.join(fixtures, `${name}.js`), file);
    const graded = await grade({
      ...gradingTerms(queuing, lesson),
      files: { '0-redis_client': file },
      folder,
      redis: await findRedis({ reaper }),
      isolation: unguarded ? 'none' : 'guard',
    });
    const { finding } = graded;
    assert.equal(finding?.class ?? graded.verdict, verdict, finding?.message ?? '');
    if (message) assert.match(finding?.message ?? '', message);
    also?.(graded);
    harmless(graded);
    await leftovers.none(false);
    const gone = /is gone/.test(finding?.message ?? '');
    const left = gone ? [] : [path.basename(file)];
    assert.deepEqual(readdirSync(folder), left, 'the folder of the learner is as it was');
  });
}

/** What the program with a Redis printed: the one without runs beside it. */
function printedBy(verdict: Verdict): PrintedLine[] {
  const output = verdict.parts[0]?.evidence.output ?? [];
  return output.filter(({ program }) => program === '0-redis_client');
}

/** Nothing that a program printed can move the learner's cursor, and no line is without end. */
function harmless(verdict: Verdict): void {
  assert.ok(lesson);
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 });
  const screen = describeScreen(output as never, { NO_COLOR: '1', TERM: 'xterm' });
  const shown = verdictReport({ lesson, verdict, files: [file], fingerprint: '' }, screen, {
    wholeOutput: '',
    keys: [],
  });
  assert.doesNotMatch(shown, /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e]/);
  assert.ok(shown.length < 100_000, `${shown.length} characters`);
}

test.run();
