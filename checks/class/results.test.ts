import fs from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { classJunit } from '../../runner/class/results/class-junit';
import { classTable } from '../../runner/class/results/class-table';
import { failureGroups } from '../../runner/class/results/failure-groups';
import { gradesCsv } from '../../runner/class/results/grades-csv';
import { jsonLines } from '../../runner/class/results/json-lines';
import { ResultsFolder } from '../../runner/class/results/results-folder';
import { readCsv } from '../../runner/class/roster/csv';
import { StoredClass } from '../support/class/stored-class';
import { unwrapped, workbook } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { expectJunit } from '../support/junit-schema';
import { suite } from '../support/suite';
import { parseXml } from '../support/xml';

/* What is told of a class that was graded: on the screen, as CSV, as JSON. */

const test = suite('class results');

const never = 'KILL_SERVER is not logged.';

/** Two of one name, a formula for a name, every state, and somebody late. */
function storedClass(folder: string): StoredClass {
  const stored = new StoredClass(folder);
  stored.record.lateness = { graceMinutes: 0, percentADay: 10 };
  stored.add({ name: 'Ada Lovelace', id: '1', email: 'ada@example.org', section: 'A' }, []);
  stored.add({ name: 'Ada Lovelace', folder: '/class/other', id: '2' }, [never, undefined, never]);
  stored.add({ name: '=HYPERLINK("http://x")', id: '+3' }, [undefined, never, 'Another.']);
  stored.add({ name: '李, "小龍"\n' }, 'Lesson 2: no room is left.');
  stored.add({
    name: 'Di',
    refusal: { message: 'The folder holds too much.', next: 'Take it away.' },
  });
  stored.add({ name: 'Eve' });
  stored.add({ name: 'Flo', at: '2026-11-30T12:00:00.000Z', due: '2026-11-28T13:00:00.000Z' }, []);
  stored.store();
  return stored;
}

function tableIn(folder: string) {
  const { record, results } = storedClass(folder);
  return classTable(record, results);
}

test('points are those of the files that pass, less what lateness takes; a fault has none', () =>
  withFolder(async (folder) => {
    const { rows, mostPoints } = tableIn(folder);
    assert.is(mostPoints, 3);
    assert.equal(
      rows.map(({ state, points, late }) => `${state} ${points} ${late?.percent ?? 0}`),
      [
        'graded 3 0',
        'graded 1 0',
        'graded 1 0',
        'fault undefined 0',
        'refused undefined 0',
        'waiting undefined 0',
        'graded 2.4 20',
      ],
    );
  }));

test('a link in place of a file is told of beside the points', () =>
  withFolder(async (folder) => {
    const stored = new StoredClass(folder);
    stored.add({ name: 'Ada', leftOut: ['1-key.js'] }, []);
    const { rows } = classTable(stored.record, stored.results);
    assert.is(rows[0]?.note, 'Left out, as no plain files: 1-key.js.');
    assert.is(rows[0]?.points, 3);
  }));

test('the CSV for Canvas has its columns, points possible, and empty cells for whom nobody graded', () =>
  withFolder(async (folder) => {
    const rows = readCsv(gradesCsv('canvas', tableIn(folder), 'Redis, and queues'));
    const head = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section', 'Redis, and queues'];
    assert.equal(rows[0], head);
    assert.equal(rows[1], ['    Points Possible', '', '', '', '', '3']);
    assert.equal(rows[2], ['Ada Lovelace', '', '1', 'ada@example.org', 'A', '3']);
    assert.equal(rows[3], ['Ada Lovelace', '', '2', '', '', '1']);
    assert.equal(rows[4], ['\'=HYPERLINK("http://x")', '', "'+3", '', '', '1']);
    assert.equal(
      rows.slice(5).map((row) => row.at(-1)),
      ['', '', '', '2.4'],
    );
    assert.ok(rows.every((row) => row.length === head.length));
  }));

test('the CSV for Moodle has what a learner is found by, the grade, and a word on it', () =>
  withFolder(async (folder) => {
    const rows = readCsv(gradesCsv('moodle', tableIn(folder), 'Queues'));
    assert.equal(rows[0], [
      'Full name',
      'ID number',
      'Email address',
      'Queues',
      'Feedback: Queues',
    ]);
    assert.equal(rows[1], ['Ada Lovelace', '1', 'ada@example.org', '3', '']);
    assert.equal(rows[2]?.slice(3), ['1', 'Lesson 0: wrong output. Lesson 2: wrong output']);
    assert.equal(rows[4], ['李, "小龍"\n', '', '', '', 'grader fault']);
    assert.is(rows.at(-1)?.at(-1), 'late, -20 %');
  }));

test('the long CSV has a line for each learner and lesson', () =>
  withFolder(async (folder) => {
    const [head = [], ...rows] = readCsv(gradesCsv('long', tableIn(folder), 'Queues'));
    assert.is(rows.length, 7 * 2);
    const at = (row: number, column: string) => rows[row]?.[head.indexOf(column)];
    assert.is(at(3, 'message'), never);
    assert.is(at(3, 'points'), '1');
    assert.is(at(3, 'of'), '2');
    assert.is(at(3, 'folder'), '/class/other');
    assert.is(at(6, 'message'), 'Lesson 2: no room is left.');
    assert.is(at(6, 'points'), '');
    assert.is(at(8, 'message'), 'The folder holds too much. Take it away.');
    assert.is(at(12, 'late percent'), '20');
  }));

test('JSON lines hold everything, a line a learner', () =>
  withFolder(async (folder) => {
    const lines = jsonLines(tableIn(folder))
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.is(lines.length, 7);
    assert.is(lines[1].lessons[1].parts[1].finding.message, never);
    assert.is(lines[3].name, '李, "小龍"\n');
    assert.is(lines[6].late.percent, 20);
  }));

test('JUnit: a suite a learner and a case a lesson; what nobody could take or grade is an error', () =>
  withFolder(async (folder) => {
    const source = classJunit(tableIn(folder), '2026-11-30T12:00:00.000Z');
    await expectJunit(source);
    const root = parseXml(source);
    const { tests, failures, errors } = root.attributes;
    assert.equal([tests, failures, errors], ['14', '3', '4']);
    const waiting = root.children.map(({ attributes }) => Number(attributes.skipped));
    assert.equal(waiting, [0, 0, 0, 0, 0, 2, 0]);
    const told = root.children.map(({ attributes, children }) => {
      const cases = children.filter(({ name }) => name === 'testcase');
      const outcomes = cases.map((one) => one.children[0]?.name ?? 'passed');
      return `${attributes.name}: ${outcomes.join(' ')}`;
    });
    assert.equal(told, [
      'Ada Lovelace: passed passed',
      'Ada Lovelace: failure failure',
      '=HYPERLINK("http://x"): passed failure',
      '李, "小龍"\n: error error',
      'Di: error error',
      'Eve: skipped skipped',
      'Flo: passed passed',
    ]);
    const elements = (at: number) =>
      root.children[at]?.children.flatMap(({ children }) => children) ?? [];
    const pair = elements(2).find(({ name }) => name === 'failure');
    assert.equal(pair?.attributes, { type: 'wrong-output', message: never });
    assert.match(pair?.text ?? '', /KILL_SERVER[\s\S]*Another\./);
    assert.equal(elements(3)[0]?.attributes, {
      type: 'grader-fault',
      message: 'Lesson 2: no room is left.',
    });
    assert.is(elements(4)[0]?.attributes.type, 'not-taken');
  }));

test('class results --junit: alone on the output, or in a file for its owner alone', () =>
  withFolder(async (folder) => {
    storedClass(folder);
    const alone = await workbook(['class', 'results', folder, '--junit']);
    assert.is(alone.code, 0, alone.stderr);
    assert.is(parseXml(alone.stdout).children.length, 7);
    const file = path.join(folder, 'class.xml');
    const written = await workbook(['class', 'results', folder, `--junit=${file}`]);
    assert.is(written.code, 0, written.stderr);
    assert.is(fs.readFileSync(file, 'utf8'), alone.stdout);
    assert.is(fs.statSync(file).mode & 0o077, 0);
    const other = await workbook(['class', 'results', '--junit', folder]);
    assert.is(other.code, 2);
    assert.match(unwrapped(other.stderr), /is not the name of an XML file/);
  }));

test('what the class has not understood: the commonest first, each learner once', () =>
  withFolder(async (folder) => {
    const groups = failureGroups(tableIn(folder));
    assert.equal(
      groups.map(({ lesson, message, rows }) => `${rows.length} ${lesson} ${message}`),
      [`2 2 ${never}`, `1 0 ${never}`, '1 2 Another.'],
    );
    assert.is(groups[0]?.example.expected, 'a');
  }));

test('class results: the table and the failures, files for their owner alone, and sentences', () =>
  withFolder(async (folder) => {
    storedClass(folder);
    const plain = await workbook(['class', 'results', folder, '--plain']);
    assert.is(plain.code, 0, plain.stderr);
    assert.match(plain.stdout, /^Ada Lovelace: 1 of 3 points; failed: 0 2$/m);
    assert.match(plain.stdout, /grader fault; Lesson 2: no room is left\./);
    assert.match(
      unwrapped(plain.stdout),
      /2 of 4, lesson 2, wrong output KILL_SERVER is not logged\./,
    );
    const drawn = await workbook(['class', 'results', folder]);
    assert.match(drawn.stdout, /Ada Lovelace +✗ ◦ +1$/m);
    assert.match(drawn.stdout, /Flo +✓ ✓ +2\.4 +late, -20 %$/m);
    for (const kind of ['canvas', 'moodle', 'long']) {
      const { code, stdout } = await workbook(['class', 'results', folder, '--csv', kind]);
      assert.is(code, 0);
      const file = path.join(folder, `grades-${kind}.csv`);
      assert.match(stdout, file);
      assert.is(fs.statSync(file).mode & 0o077, 0);
    }
    const json = await workbook(['class', 'results', folder, '--json']);
    assert.is(json.stdout.trim().split('\n').length, 7);
    const other = await workbook(['class', 'results', path.join(folder, 'none')]);
    assert.is(other.code, 3);
    assert.not(fs.existsSync(path.join(folder, 'none')));
    assert.match(unwrapped(other.stderr), /There are no results of a class in .*none\./);
    fs.writeFileSync(path.join(folder, 'class.json'), '{"schema":2}');
    assert.throws(() => new ResultsFolder(folder).record, /is not what the workbook wrote/);
    assert.is((await workbook(['class', 'results', folder, '--csv', 'word'])).code, 2);
  }));

test('the first result of a submission stays, and takes the place of a fault', () =>
  withFolder(async (folder) => {
    const stored = new StoredClass(folder);
    stored.add({ name: 'Ada' }, 'no memory');
    const id = stored.record.learners[0]?.submission ?? '';
    assert.is(stored.results.fault(id)?.cause, 'no memory');
    const graded = {
      schema: 1 as const,
      id,
      gradedAt: '2026-11-30T12:00:00.000Z',
      workbook: '1',
      redis: 'x',
      isolation: 'guard' as const,
      lessons: [],
    };
    stored.results.keep({ graded, page: 'first' });
    stored.results.keep({ graded: { ...graded, workbook: '2' }, page: 'second' });
    assert.is(stored.results.result(id)?.workbook, '1');
    assert.is(fs.readFileSync(path.join(folder, 'reports', `${id}.html`), 'utf8'), 'first');
    assert.is(stored.results.fault(id), undefined);
  }));

test.run();
