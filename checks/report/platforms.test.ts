import assert from 'node:assert/strict';
import * as v from 'valibot';
import type { Lesson } from '../../runner/course/lesson';
import { codeQualityMark, codeQualityReport } from '../../runner/report/code-quality';
import { gradescopeMark, gradescopeReport } from '../../runner/report/gradescope';
import { prairielearnMark, prairielearnReport } from '../../runner/report/prairielearn';
import { asGithubReads } from '../support/github-runner';
import { evidence, gradedLesson, hostile } from '../support/graded-lesson';
import { suite } from '../support/suite';

const test = suite('platforms');

const visibility = v.picklist(['hidden', 'after_due_date', 'after_published', 'visible']);
const format = v.picklist(['text', 'html', 'simple_format', 'md', 'ansi']);
const number = v.pipe(v.number(), v.finite());

/** https://gradescope-autograders.readthedocs.io/en/latest/specs/#output-format */
const gradescope = v.pipe(
  v.strictObject({
    score: v.optional(number),
    execution_time: v.optional(number),
    output: v.optional(v.string()),
    output_format: v.optional(format),
    test_output_format: v.optional(format),
    test_name_format: v.optional(format),
    visibility: v.optional(visibility),
    stdout_visibility: v.optional(visibility),
    extra_data: v.optional(v.record(v.string(), v.unknown())),
    tests: v.optional(
      v.array(
        v.strictObject({
          score: v.optional(number),
          max_score: v.optional(number),
          status: v.optional(v.picklist(['passed', 'failed'])),
          name: v.optional(v.string()),
          name_format: v.optional(format),
          number: v.optional(v.string()),
          output: v.optional(v.string()),
          output_format: v.optional(format),
          tags: v.optional(v.array(v.string())),
          visibility: v.optional(visibility),
          extra_data: v.optional(v.record(v.string(), v.unknown())),
        }),
      ),
    ),
    leaderboard: v.optional(
      v.array(
        v.strictObject({
          name: v.string(),
          value: v.union([v.string(), number]),
          order: v.optional(v.picklist(['asc', 'desc'])),
        }),
      ),
    ),
  }),
  v.check((one) => one.score !== undefined || (one.tests ?? []).length > 0, 'a score or tests'),
);

/** https://docs.prairielearn.com/externalGrading/#grading-result */
const prairielearn = v.pipe(
  v.strictObject({
    gradable: v.optional(v.boolean(), true),
    score: v.optional(v.pipe(number, v.minValue(0), v.maxValue(1))),
    message: v.optional(v.string()),
    output: v.optional(v.string()),
    format_errors: v.optional(v.union([v.string(), v.array(v.string())])),
    images: v.optional(v.array(v.strictObject({ label: v.string(), url: v.string() }))),
    tests: v.optional(
      v.array(
        v.strictObject({
          name: v.optional(v.string()),
          description: v.optional(v.string()),
          points: v.optional(number),
          max_points: v.optional(number),
          message: v.optional(v.string()),
          output: v.optional(v.string()),
        }),
      ),
    ),
  }),
  v.check((one) => !one.gradable || one.score !== undefined, 'a score if it can be graded'),
);

/** https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
const codeQuality = v.array(
  v.strictObject({
    description: v.string(),
    check_name: v.string(),
    fingerprint: v.pipe(v.string(), v.minLength(1)),
    severity: v.picklist(['info', 'minor', 'major', 'critical', 'blocker']),
    location: v.strictObject({
      path: v.pipe(v.string(), v.regex(/^(?!\.?\/)/, 'relative, without ./')),
      lines: v.strictObject({ begin: v.pipe(v.number(), v.integer(), v.minValue(1)) }),
    }),
  }),
);

const redis = { kind: 'embedded', version: '7.0.15' } as const;
const terms = (lesson: Lesson) => ({ address: `c/${lesson.number}`, points: 3 });
const finding = {
  class: 'wrong-output',
  message: 'It prints “Replay: OK”.',
  next: 'Print “Reply: OK”.',
  expected: 'Reply: OK',
  seen: 'Replay: OK',
  line: 3,
} as const;
const output = [{ program: 'p', stream: 'stdout' as const, text: 'Replay: OK', at: 1 }];

/** A lesson of two files, of which the second is wrong. */
function half() {
  const graded = gradedLesson('/home/me/top/1-redis_op.ts', finding, evidence({ output }));
  const right = { file: '2-more.ts', verdict: 'passed', evidence: evidence({ output }) } as const;
  graded.verdict.parts.unshift(right);
  return graded;
}

const readers = {
  gradescope: (one: ReturnType<typeof half>[]) =>
    v.parse(gradescope, JSON.parse(gradescopeReport(redis, one, terms))),
  prairielearn: (one: ReturnType<typeof half>[]) =>
    v.parse(prairielearn, JSON.parse(prairielearnReport(one, terms))),
};

test('Gradescope: a test for each file, with its part of what the lesson counts', () => {
  const read = readers.gradescope([half()]);
  assert.equal(read.output, '1 of 2 files passed.');
  assert.equal(read.stdout_visibility, 'hidden');
  assert.equal(read.execution_time, 0.312);
  assert.deepEqual(
    read.tests?.map((one) => [one.number, one.name, one.status, one.score, one.max_score]),
    [
      ['c/2', 'c/2 Basic operations: 2-more.ts', 'passed', 1.5, 1.5],
      ['c/2', 'c/2 Basic operations: 1-redis_op.ts', 'failed', 0, 1.5],
    ],
  );
  assert.deepEqual(
    read.tests?.map((one) => one.output),
    [
      '',
      `${finding.message}\nLine: 3\n\nExpected:\nReply: OK\n\nSeen:\nReplay: OK\n\nNext: ${finding.next}\n\nThe program printed:\np: Replay: OK`,
    ],
  );
});

test('PrairieLearn: a score from 0 to 1, and the same tests', () => {
  const read = readers.prairielearn([half(), gradedLesson('/x', undefined, evidence())]);
  assert.equal(read.score, 0.75);
  assert.equal(read.message, 'Queuing workbook: 2 of 3 files passed.');
  assert.deepEqual(
    read.tests?.map((one) => [one.points, one.max_points, one.output]),
    [
      [1.5, 1.5, 'p: Replay: OK'],
      [0, 1.5, 'p: Replay: OK'],
      [3, 3, ''],
    ],
  );
});

test('PrairieLearn: who has handed in nothing keeps the attempt', () => {
  const missing = gradedLesson('', { ...finding, message: 'There is no file.' }, evidence());
  missing.files = [];
  for (const part of missing.verdict.parts) part.verdict = 'missing';
  const read = readers.prairielearn([missing]);
  assert.equal(read.gradable, false);
  assert.match(String(read.format_errors), /^There is no file\./);
});

test('GitLab: a finding at its line, which stays the same when the line moves', () => {
  const read = (line: number) => {
    const graded = gradedLesson('/home/me/top/1-redis_op.ts', { ...finding, line }, evidence());
    const text = codeQualityReport([graded], '/home/me', '/home/me/top');
    assert.match(text, codeQualityMark);
    return v.parse(codeQuality, JSON.parse(text))[0];
  };
  assert.deepEqual(read(3)?.location, { path: 'top/1-redis_op.ts', lines: { begin: 3 } });
  assert.equal(read(3)?.fingerprint, read(7)?.fingerprint);
  const missing = { ...gradedLesson('', finding, evidence(), { name: '1-x' }), files: [] };
  const [none] = JSON.parse(codeQualityReport([missing], '/home/me', '/home/me/top'));
  assert.equal(none.location.path, 'top/1-x');
  const passed = codeQualityReport([gradedLesson('/x', undefined, evidence())], '/', '/');
  assert.equal(passed, '[]\n');
  assert.match(passed, codeQualityMark);
  assert.doesNotMatch('[1]', codeQualityMark);
});

test('whatever a program wrote, each form is as it should be, of bounded size, and names no folder', () => {
  const everything = [...hostile, '##[error]forged', '::error::forged', '/home/me/top/x'].join(
    '\n',
  );
  const long = `${everything}\n`.repeat(300);
  const wild = { ...finding, message: everything, next: everything, seen: long };
  const lines = Array.from({ length: 500 }, () => everything);
  const graded = Array.from({ length: 23 }, () =>
    gradedLesson(
      '/home/me/top/1-redis_op.ts',
      wild,
      evidence({
        output: lines.map((text) => ({ program: text, stream: 'stderr' as const, text, at: 0 })),
      }),
      { lesson: { title: everything }, name: everything.replaceAll('/', '') },
    ),
  );
  const forms = [
    gradescopeReport(redis, graded, terms),
    prairielearnReport(graded, terms),
    codeQualityReport(graded, '/home/me', '/home/me/top'),
  ];
  const [one = '', other = '', third = ''] = forms;
  v.parse(gradescope, JSON.parse(one));
  v.parse(prairielearn, JSON.parse(other));
  v.parse(codeQuality, JSON.parse(third));
  assert.ok(one.slice(0, 2000).includes(gradescopeMark));
  assert.ok(other.slice(0, 2000).includes(prairielearnMark));
  for (const text of forms) {
    assert.ok(Buffer.byteLength(text) < 1e6);
    assert.ok(!text.includes('/home/me'));
    assert.ok(text.includes('window.harmed'), 'it is shown');
    assert.ok(!/[\x1b\u202e]|\\u00(1b|00|08)|\\ud800/.test(text), 'no control character');
    assert.deepEqual(asGithubReads(text).obeyed, []);
  }
});

test.run();
