import path from 'node:path';
import { nearest, quote, type Task, ts } from '#grading';
import { misuseBehind } from '#vocabulary/bullmq/misuse';
import { otherRunner } from '#vocabulary/testing/other-runners';
import { asks, creates } from './job-functions';

/** Why a test fails: the next step, and better words where there are any. */
interface Explained {
  message?: string;
  next: string;
  line?: number;
}

interface Failed {
  message?: string | undefined;
  name?: string | undefined;
  stack?: string | undefined;
}

const diagnoses: { says: RegExp; next: string }[] = [
  {
    says: /expected \[Function.*\] to throw|Missing expected exception/,
    next: `${creates} is async: it throws nothing, its promise is rejected. Write await assert.rejects(${creates}(…), new Error(…)).`,
  },
  {
    says: /expected Promise\{|expected \[object Promise\]|Promise \{/,
    next: 'A promise is compared there: await the call first.',
  },
  {
    says: /(?:expect|should) is not defined/,
    next: "Import it at the top of the file: import { expect } from 'chai'.",
  },
  {
    says: /Invalid Chai property: (?:to[A-Z]|rejected|eventually)/,
    next: 'chai alone has no such word: await the call and compare with .to.equal(…), or take await assert.rejects(…) of node:assert.',
  },
  {
    says: /^Error: Timeout of \d+ms exceeded/,
    next: 'One that takes done has to call it, and a promise that is awaited has to settle; no worker takes the jobs.',
  },
  {
    says: /Queue\.process|\.testMode\b|reading 'enter'/,
    next: 'BullMQ has no test mode: take testMode out, and look into the real queue.',
  },
  {
    says: /expected [[{].* to equal [[{]|Expected values to be strictly equal|same structure but are not reference-equal/,
    next: 'Compare objects and arrays by deepEqual, or .to.deep.equal(…): equal asks for one and the same object.',
  },
];

/** The texts of the task that tests compare with. */
const taskTexts = ['Jobs is not an array', 'push_notification'];

/** Why the first failing test fails. */
export function explainTest(task: Task, test: Failed): Explained {
  const { source } = task;
  const { message = '', name = '', stack = '' } = test;
  if (/cmsgpack|luaExecString/.test(message)) {
    return {
      message: 'BullMQ does not run on ioredis-mock: its scripts need what the mock has not.',
      next: 'Give the Queue a real Redis, connection: {}, and keep the mock for mayNotify.',
      ...lineOf(source.lineOfCall('Queue') ?? source.lineOfText('ioredis-mock')),
    };
  }
  if (/testMode|reading '(?:enter|jobs|clear|exit)'/.test(message) && source.mentions('testMode')) {
    return {
      message: 'The tests use a test mode; that is kue’s, and BullMQ has none.',
      next: 'Take testMode out, let the jobs go into the real queue, and look there: await queue.getWaiting().',
      ...lineOf(
        source.nodes.find((node) => ts.isIdentifier(node) && node.text === 'testMode'),
        source,
      ),
    };
  }
  const byDefault = source.nodes.find(
    (node) =>
      ts.isImportDeclaration(node) &&
      node.importClause?.name !== undefined &&
      /today-job/.test(node.moduleSpecifier.getText()),
  );
  if (/is not a fu/.test(message) && byDefault) {
    return {
      message:
        'The tests import the default export of today-job, and it has none: its functions are exported by their names.',
      next: `Write import { ${creates}, ${asks} } from './today-job'.`,
      ...lineOf(byDefault, source),
    };
  }
  if (message === 'Jobs is not an array') {
    const call = source.nodes.find(
      (node) => ts.isIdentifier(node) && /^(?:throws?|doesNotThrow)$/.test(node.text),
    );
    if (call) {
      return {
        message: `The promise of ${creates} is rejected, and no assertion waits for it: throw looks for what is thrown at once.`,
        next: `Write await assert.rejects(${creates}(…), new Error('Jobs is not an array')).`,
        ...lineOf(call, source),
      };
    }
    return {
      next: `Hand the call to assert.rejects(), without an await in front of the call itself, or await it inside of try.`,
    };
  }
  const misuse = misuseBehind(source, message);
  if (misuse) {
    const { message: told, next } = misuse;
    if (typeof next === 'string') return { message: told, next };
  }
  const other = otherRunner(message);
  if (other) return { next: other.next, ...lineOf(source.lineOfCall(other.word)) };
  const asserted = name === '' || /^Assertion/.test(name);
  const known = asserted ? misspelt(task) : undefined;
  if (known) return known;
  const raw = `${name}: ${message}`;
  const line = lineIn(stack, task.file);
  return {
    next:
      diagnoses.find(({ says }) => says.test(raw))?.next ??
      (line === undefined
        ? 'Run them by themselves, and read what the first failing assertion expected.'
        : `Look at line ${line}: at what it expects, and at what the test did before it.`),
    ...lineOf(line),
  };
}

function misspelt({ source }: Task): Explained | undefined {
  for (const node of source.nodes) {
    if (!ts.isStringLiteralLike(node) || taskTexts.includes(node.text)) continue;
    const wanted = nearest(node.text, taskTexts);
    const { parent } = node;
    const isArgument =
      !ts.isCallExpression(parent) ||
      !/^(?:it|test|describe|suite|\w+ing)\b/.test(parent.expression.getText());
    if (wanted === undefined || !isArgument) continue;
    return {
      message: `The tests compare with ${quote(node.text)}; the task’s text is ${quote(wanted)}.`,
      next: `Write ${quote(wanted)}, to the letter.`,
      line: source.lineOf(node),
    };
  }
  return undefined;
}

function lineOf(line: number | undefined): { line?: number };
function lineOf(node: ts.Node | undefined, source: Task['source']): { line?: number };
function lineOf(at: ts.Node | number | undefined, source?: Task['source']): { line?: number } {
  const line = typeof at === 'object' ? source?.lineOf(at) : at;
  return line === undefined ? {} : { line };
}

/** The first frame of a stack in the file. */
function lineIn(stack: string, file: string): number | undefined {
  for (const frame of stack.split('\n').filter((one) => /^\s*at /.test(one))) {
    const [, place = '', line] = /([^\s(]+):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (path.basename(place) === path.basename(file)) return Number(line);
  }
  return undefined;
}
