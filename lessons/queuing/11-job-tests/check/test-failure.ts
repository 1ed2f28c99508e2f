import path from 'node:path';
import { type Finding, type NextStep, quote, ruleNext, type Task } from '#grading';
import type { TestReport } from '#vocabulary/testing/test-file-protocol';
import { importsByName } from '#vocabulary/testing/test-source';

type Test = TestReport['tests'][number];

/** What a test failed with that is no assertion, and what to do about it. */
const diagnoses: { says: RegExp; next: NextStep }[] = [
  {
    says: /^ReferenceError: (?:expect|should) is not defined/,
    next: "Import it at the top of the file: import { expect } from 'chai'.",
  },
  {
    says: /Invalid Chai property: to[A-Z]|\.to[A-Z]\w+ is not a function/,
    next: 'That is an assertion of Jest. With chai, compare by expect(…).to.equal(…), objects by .to.deep.equal(…).',
  },
  {
    says: /^Error: Timeout of \d+ms exceeded/,
    next: 'One that takes done has to call it, and a promise that is returned has to settle; in test mode no worker takes the jobs.',
  },
  {
    says: /^Error: Jobs is not an array$/,
    next: 'Hand expect a function that makes the call, expect(() => …).to.throw(…): else the call throws before anything expects it.',
  },
];

/** Why the first failing test fails: the next step, and the line of the file where it stands. */
export function explainTest(
  task: Task,
  test: Test,
): Partial<Omit<Finding, 'next'>> & { next: NextStep } {
  const named = importsByName(task.source, '8-job');
  const { message = '', name = '' } = test;
  if (named && /_(?:8_)?job\b|is not a function/.test(message)) {
    return {
      class: 'missing-export',
      message: `The file imports ${quote(named.name)} by its name; 8-job exports its function as the default.`,
      next: `Write import ${named.name} from './8-job.js', without braces around the name.`,
      line: named.line,
    };
  }
  const raw = `${name}: ${message}`;
  const asserted = name === '' || /^Assertion/.test(name);
  const next = diagnoses.find(({ says }) => says.test(raw))?.next;
  const line = lineIn(test.stack ?? '', task.file);
  return {
    next:
      next ??
      (asserted ? undefined : ruleNext(raw, task.file, task.course)) ??
      (line === undefined
        ? 'Run them by themselves, and read what the first failing assertion expected.'
        : `Look at line ${line}: at what it expects, and at what the test did before it.`),
    line,
  };
}

/** The first frame of a stack in the file: by its name, as Mocha takes the folder away. */
function lineIn(stack: string, file: string): number | undefined {
  for (const frame of stack.split('\n').filter((one) => /^\s*at /.test(one))) {
    const [, place = '', line] = /([^\s(]+):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (path.basename(place) === path.basename(file)) return Number(line);
  }
  return undefined;
}
