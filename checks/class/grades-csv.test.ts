import * as assert from 'uvu/assert';
import { type ClassTable, classTable } from '../../runner/class/results/class-table';
import { gradesCsv, gradesKinds } from '../../runner/class/results/grades-csv';
import { formulas } from '../support/class/formulas';
import { StoredClass } from '../support/class/stored-class';
import { strictCsv } from '../support/class/strict-csv';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/* The CSV that Canvas and Moodle import, read back by the rules of docs/class.md. */

const test = suite('grades as CSV');

const awkward = [
  'Plain Name',
  'Lovelace, Ada',
  'Ada "the first" Lovelace',
  '"',
  "O'Brien",
  'two\nlines',
  'two\r\nlines',
  'Ångström Zoë Łukasz',
  '李小龍',
  'محمد עברית',
  'e\u0301 𝒜 👩‍💻',
  'semi;colon\ttab',
];

const names = [...awkward, ...formulas, 'Twin', 'Twin'];

test.rows(
  gradesKinds,
  (kind) => `${kind}: every name comes out as it went in, and none is a formula`,
  (kind) =>
    withTable((table) => {
      const [head = [], ...rows] = strictCsv(
        gradesCsv(kind, table, '=Title').replace(/^\uFEFF/, ''),
      );
      assert.ok(rows.every((row) => row.length === head.length));
      const each = kind === 'long' ? table.lessons.length : 1;
      const learners = rows.slice(kind === 'canvas' ? 1 : 0).filter((_, at) => at % each === 0);
      const seen = learners.map(([name = '']) => name).slice(0, names.length);
      assert.equal(
        seen.map((name, at) =>
          formulas.includes(names[at] ?? '') ? name.replace(/^'/, '') : name,
        ),
        names,
      );
      const fields = [head, ...rows].flat();
      const harmful = fields.filter((field) => /^[\s\uFEFF]*[=+\-@＝]|^[\t\r\n]/.test(field));
      assert.equal(harmful, []);
    }),
);

test('two of one name are told apart by what the platform knows them by', () =>
  withTable((table) => {
    const canvas = strictCsv(gradesCsv('canvas', table, 'Queues')).filter(
      ([name]) => name === 'Twin',
    );
    assert.equal(
      canvas.map(([, , id, login]) => [id, login]),
      [
        ['23', 'l23@example.org'],
        ['24', 'l24@example.org'],
      ],
    );
    const moodle = strictCsv(gradesCsv('moodle', table, 'Queues')).filter(
      ([name]) => name === 'Twin',
    );
    assert.equal(
      moodle.map(([, id, email]) => [id, email]),
      [
        ['23', 'l23@example.org'],
        ['24', 'l24@example.org'],
      ],
    );
  }));

test('Canvas: its columns in their order, the points possible, and no other assignment’s id', () =>
  withTable((table) => {
    const [head, possible] = strictCsv(gradesCsv('canvas', table, 'Queues (2026)'));
    assert.equal(head, [
      'Student',
      'ID',
      'SIS User ID',
      'SIS Login ID',
      'Section',
      'Queues [2026]',
    ]);
    assert.match(possible?.[0] ?? '', /^\s*Points Possible$/);
    assert.equal(possible?.slice(1), ['', '', '', '', '3']);
  }));

test('Moodle: every column has a name of its own', () =>
  withTable((table) => {
    const [head = []] = strictCsv(gradesCsv('moodle', table, 'Queues'));
    assert.is(new Set(head).size, head.length);
    assert.ok(head.every((name) => name !== ''));
    assert.is(head[0], 'Full name');
  }));

test.rows(
  ['canvas', 'moodle'] as const,
  (kind) => `${kind}: points have a decimal point, and whom nobody graded has none`,
  (kind) =>
    withTable((table) => {
      const [head = [], ...rows] = strictCsv(gradesCsv(kind, table, 'Queues'));
      const points = rows.map((row) => row[head.indexOf('Queues')] ?? 'none');
      assert.ok(
        points.every((one) => /^(\d+(\.\d+)?)?$/.test(one)),
        points.join(),
      );
      // Late, a grader fault, a refusal, one that waits.
      assert.equal(points.slice(-4), ['2.4', '', '', '']);
    }),
);

test('a spreadsheet is told that the letters are UTF-8', () =>
  withTable((table) => {
    assert.ok(gradesCsv('long', table, 'Queues').startsWith('\uFEFFname,'));
    assert.ok(gradesCsv('canvas', table, 'Queues').startsWith('Student,'));
  }));

test('the reader of these tests takes nothing but RFC 4180', () => {
  assert.equal(strictCsv('a,"b ""c"",\r\n"\r\n,\r\n'), [
    ['a', 'b "c",\r\n'],
    ['', ''],
  ]);
  for (const text of ['a\n', 'a', '"a', 'a"b\r\n', '"a"b\r\n']) {
    assert.throws(() => strictCsv(text), /RFC 4180|does not end/, text);
  }
});

test.run();

/** A class of all these names, and somebody late, at a fault, refused and waiting. */
function withTable(work: (table: ClassTable) => void): Promise<void> {
  return withFolder(async (folder) => {
    const stored = new StoredClass(folder);
    stored.record.lateness = { graceMinutes: 0, percentADay: 10 };
    names.forEach((name, at) => {
      stored.add({ name, id: String(at), email: `l${at}@example.org` }, []);
    });
    stored.add(
      { name: 'Late', at: '2026-11-30T12:00:00.000Z', due: '2026-11-28T13:00:00.000Z' },
      [],
    );
    stored.add({ name: 'Fault' }, 'No memory.');
    stored.add({ name: 'Refused', refusal: { message: 'Too much.', next: 'Less.' } });
    stored.add({ name: 'Waiting' });
    work(classTable(stored.record, stored.results));
  });
}
