import path from 'node:path';
import { type Finding, type NextStep, nearest, quote, ruleNext, type Task, ts } from '#grading';
import { misuseBehind } from '#vocabulary/kue/misuse';
import { waitedFor } from '#vocabulary/kue/test-mode-source';
import { otherRunner } from '#vocabulary/testing/other-runners';
import type { TestReport } from '#vocabulary/testing/test-file-protocol';
import { callsTooEarly, importedAs, importsByName } from '#vocabulary/testing/test-source';

type Test = TestReport['tests'][number];

/** Why a test fails: the finding's own sentences in place of the usual, or the next step alone. */
type Explained = Partial<Omit<Finding, 'next'>> & { next: NextStep };

/** What a test failed with, and what to do about it. */
const diagnoses: { says: RegExp; next: NextStep }[] = [
  {
    says: /^ReferenceError: (?:expect|should) is not defined/,
    next: "Import it at the top of the file: import { expect } from 'chai'.",
  },
  {
    says: /Invalid Chai property: to[A-Z]|\.to[A-Z]\w+ is not a function/,
    next: 'That is an assertion of Jest. With chai, write .to.equal(…) in its place, and .to.deep.equal(…) for objects.',
  },
  {
    says: /^Error: Timeout of \d+ms exceeded/,
    next: 'One that takes done has to call it, and a promise that is returned has to settle; in test mode no worker takes the jobs.',
  },
  {
    says: /expected [[{].* to equal [[{]/,
    next: 'Compare objects and arrays by .to.deep.equal(…): equal asks for one and the same object.',
  },
  {
    says: /expected \[Function.*\] to not throw/,
    next: 'Take the not away: for what is no array the function is to throw.',
  },
];

/** The texts of the task that tests compare with. */
const taskTexts = ['Jobs is not an array', 'push_notification_code_3'];

/** Why the first failing test fails: the next step, and the line of the file where it stands. */
export function explainTest(task: Task, test: Test): Explained {
  const { source } = task;
  const named = importsByName(source, '8-job');
  const { message = '', name = '' } = test;
  if (named && /_(?:8_)?job(?:_\d+)?\b|is not a function/.test(message)) {
    return {
      class: 'missing-export',
      message: `The file imports ${quote(named.name)} by its name; 8-job exports its function as the default.`,
      next: `Write import ${named.name} from './8-job.js', without braces around the name.`,
      line: named.line,
    };
  }
  const raw = `${name}: ${message}`;
  const asserted = name === '' || /^Assertion/.test(name);
  const known =
    (message === 'Jobs is not an array' ? tooEarly(task) : undefined) ??
    misuseBehind(source, message) ??
    withOtherWord(task, message) ??
    (asserted ? misspelt(task) : undefined) ??
    (/^Timeout of/.test(message) ? waitedFor(source) : undefined);
  if (known) return known;
  const next = diagnoses.find(({ says }) => says.test(raw))?.next;
  const line = lineIn(test.stack ?? '', task.file);
  return {
    next:
      next ??
      (asserted ? undefined : ruleNext(raw, task.file, task.course)) ??
      (line === undefined
        ? 'Run them by themselves, and read what the first failing assertion expected.'
        : `Look at line ${line}: at what it expects, and at what the test did before it.`),
    ...(line === undefined ? {} : { line }),
  };
}

/** The function is called before the assertion begins, and its error ends the test. */
function tooEarly({ source }: Task): Explained | undefined {
  const name = importedAs(source, '8-job');
  const early = name === undefined ? undefined : callsTooEarly(source, name);
  return (
    early && {
      message: `${early.given}(…) in line ${early.line} gets what the call of ${name} gives, and the error comes before that: the test ends there.`,
      next:
        early.given === 'expect'
          ? `Hand over a function that makes the call: expect(() => ${name}(…)).to.throw(…).`
          : `Hand over a function that makes the call: ${early.given}(() => ${name}(…), …).`,
      line: early.line,
    }
  );
}

function withOtherWord({ source }: Task, message: string): Explained | undefined {
  const other = otherRunner(message);
  if (!other) return undefined;
  const used = source.nodes.find((node) => ts.isIdentifier(node) && node.text === other.word);
  return { next: other.next, ...(used && { line: source.lineOf(used) }) };
}

/** A text of the task that the tests have in another spelling. */
function misspelt({ source }: Task): Explained | undefined {
  for (const node of source.nodes) {
    if (!ts.isStringLiteralLike(node) || taskTexts.includes(node.text)) continue;
    const wanted = nearest(node.text, taskTexts);
    if (wanted === undefined || isTitle(node)) continue;
    return {
      message: `The tests compare with ${quote(node.text)}; the task’s text is ${quote(wanted)}.`,
      next: `Write ${quote(wanted)}, to the letter.`,
      line: source.lineOf(node),
    };
  }
  return undefined;
}

/** Whether it is the title of a test or a suite. */
function isTitle({ parent }: ts.Node): boolean {
  return (
    ts.isCallExpression(parent) &&
    /^(?:it|test|describe|context|specify|suite)\b/.test(parent.expression.getText())
  );
}

/** The first frame of a stack in the file: by its name, as Mocha takes the folder away. */
function lineIn(stack: string, file: string): number | undefined {
  for (const frame of stack.split('\n').filter((one) => /^\s*at /.test(one))) {
    const [, place = '', line] = /([^\s(]+):(\d+):\d+\)?$/.exec(frame) ?? [];
    if (path.basename(place) === path.basename(file)) return Number(line);
  }
  return undefined;
}
