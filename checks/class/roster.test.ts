import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { lateness } from '../../runner/class/results/lateness';
import { readCsv, writeCsv } from '../../runner/class/roster/csv';
import { readDate, readMinutes } from '../../runner/class/roster/date';
import { learnersBelow } from '../../runner/class/roster/learner';
import { readRoster } from '../../runner/class/roster/roster';
import { handedInAt } from '../../runner/class/submission/handed-in';
import { readSubmission } from '../../runner/class/submission/submission';
import { formulas } from '../support/class/formulas';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

const test = suite('roster');

test('CSV is read as spreadsheets write it', () => {
  assert.equal(readCsv('\uFEFFname,folder\r\n"Lovelace, ""Ada""",a b\r\n\r\n Bob , "x" \n'), [
    ['name', 'folder'],
    ['Lovelace, "Ada"', 'a b'],
    ['Bob', '"x"'],
  ]);
  assert.equal(readCsv('name;folder\n"two\nlines";ü\n'), [
    ['name', 'folder'],
    ['two\nlines', 'ü'],
  ]);
  assert.equal(readCsv('name\tfolder\nA, B\t'), [
    ['name', 'folder'],
    ['A, B', ''],
  ]);
  assert.equal(readCsv(''), []);
});

test('what is written is read again, whatever letters it has', () => {
  const rows = [
    ['plain', 'with, comma', 'with "quotes"', 'two\r\nlines'],
    ['Ærø Ñandú', '李小龍', '🙂 ابن سينا', ' blanks '],
  ];
  assert.equal(readCsv(writeCsv(rows)), rows);
  assert.is(writeCsv([['a\0b', '\ud800']]), 'ab,\uFFFD\r\n');
});

test.rows(
  [...formulas, '=HYPERLINK("http://x","y")', "=cmd|' /C calc'!A0"],
  (formula) => `the name ${JSON.stringify(formula)} is no formula in a spreadsheet`,
  (formula) => {
    const [[field = ''] = []] = readCsv(writeCsv([[formula]]));
    assert.match(field, /^'/);
  },
);

test('a number is written as one, also below 0', () => {
  assert.is(writeCsv([['a', -1.5, 0]]), 'a,-1.5,0\r\n');
});

test('dates and times are read, and what is none is not', () => {
  const iso = (text: string) => readDate(text)?.toISOString();
  assert.is(iso('2026-11-30T18:00Z'), '2026-11-30T18:00:00.000Z');
  assert.is(iso('2026-11-30 18:00:05+0130'), '2026-11-30T16:30:05.000Z');
  assert.is(iso('2026-11-30'), new Date(2026, 10, 30, 23, 59, 59).toISOString());
  for (const none of ['', 'soon', '30.11.2026', '2026-13-01', '2026-02-30', '2026-11-30 25:00']) {
    assert.is(readDate(none), undefined, none);
  }
  assert.equal(['30 min', '2h', '1.5 days', '7'].map(readMinutes), [30, 120, 2160, undefined]);
});

test('a roster names each learner, with a date of their own and an extension', () =>
  withFolder(async (folder) => {
    const file = path.join(folder, 'roster.csv');
    fs.writeFileSync(
      file,
      [
        'Name;Folder;Due;Extension;ID;Email',
        'Ada;a;;;;',
        '=Bob;b;2026-11-20T00:00Z;;17;bob@example.org',
        'Ada;c;;2 days;;',
        'Di;/elsewhere;;2026-12-24T00:00Z;;',
      ].join('\n'),
    );
    const due = new Date('2026-11-30T00:00:00Z');
    assert.equal(readRoster(file, due), [
      { name: 'Ada', folder: path.join(folder, 'a'), due: '2026-11-30T00:00:00.000Z' },
      {
        name: '=Bob',
        folder: path.join(folder, 'b'),
        id: '17',
        email: 'bob@example.org',
        due: '2026-11-20T00:00:00.000Z',
      },
      { name: 'Ada', folder: path.join(folder, 'c'), due: '2026-12-02T00:00:00.000Z' },
      { name: 'Di', folder: '/elsewhere', due: '2026-12-24T00:00:00.000Z' },
    ]);
    const refused = (text: string) => {
      fs.writeFileSync(file, text);
      try {
        readRoster(file);
      } catch (error) {
        return error instanceof Error ? error.message.replace(file, 'FILE') : '';
      }
      return 'read';
    };
    assert.is(refused('name,folder,note\nA,a,b\n'), 'The roster FILE has a column "note".');
    assert.is(refused('name\nA\n'), 'The roster FILE has no column "folder".');
    assert.is(refused('name,folder\n'), 'The roster FILE names nobody.');
    assert.is(refused('name,folder\nA,a\n,b\n'), 'The roster FILE has no name (learner 2).');
    assert.is(
      refused('name,folder,due\nA,a,tomorrow\n'),
      'The roster FILE has "tomorrow" for a date (learner 1).',
    );
    assert.is(
      refused('name,folder,extension\nA,a,long\n'),
      'The roster FILE has "long" for an extension (learner 1).',
    );
  }));

test('each folder below those named is a learner’s, once', () =>
  withFolder(async (folder) => {
    for (const name of ['b', 'a', '.git', 'node_modules', 'Cy Z_17_assignsubmission_file_']) {
      fs.mkdirSync(path.join(folder, 'one', name), { recursive: true });
    }
    fs.mkdirSync(path.join(folder, 'two', 'a'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'one', 'readme.txt'), '');
    const below = learnersBelow(['one', 'two', 'one/'].map((name) => path.join(folder, name)));
    assert.equal(
      below.map(({ name, folder: own }) => `${name} ${path.relative(folder, own)}`),
      ['a one/a', 'b one/b', 'Cy Z one/Cy Z_17_assignsubmission_file_', 'a two/a'],
    );
  }));

test('lateness counts days that have begun after the date and the grace', () => {
  const due = '2026-11-30T00:00:00.000Z';
  const rule = { graceMinutes: 30, percentADay: 10 };
  const percent = (at: string) => lateness(at, due, rule)?.percent;
  assert.is(percent('2026-11-29T23:59:00Z'), undefined);
  assert.is(percent('2026-11-30T00:30:00Z'), undefined);
  assert.is(percent('2026-11-30T00:31:00Z'), 10);
  assert.is(percent('2026-12-01T00:31:00Z'), 20);
  assert.is(percent('2027-12-01T00:00:00Z'), 100);
  assert.equal(lateness('2026-11-30T01:00:00Z', due), { minutes: 60, percent: 0 });
  assert.is(lateness(undefined, due, rule), undefined);
  assert.is(lateness('2026-11-30T01:00:00Z', undefined, rule), undefined);
});

test('handed in is when the last commit was made, and no program of the clone is run', () =>
  withFolder(async (folder) => {
    const file = path.join(folder, 'a.js');
    fs.writeFileSync(file, 'x');
    fs.utimesSync(file, new Date(0), new Date('2026-11-01T10:00:00Z'));
    const at = () => handedInAt(folder, readSubmission([], folder))?.toISOString();
    assert.is(at(), '2026-11-01T10:00:00.000Z');
    const date = '2026-10-05T08:00:00+02:00';
    const git = (...words: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=b', ...words], {
        cwd: folder,
        stdio: 'ignore',
        env: { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: '2020-01-01T00:00Z' },
      });
    git('init', '-b', 'main');
    git('add', '.');
    git('commit', '-m', 'x');
    assert.is(at(), '2026-10-05T06:00:00.000Z');
    git('pack-refs', '--all');
    git('gc');
    // The test's own Git would obey these as well, so they come last.
    const ran = path.join(folder, 'ran');
    git('config', 'log.showSignature', 'true');
    for (const name of ['gpg.program', 'core.pager', 'core.sshCommand', 'core.fsmonitor']) {
      git('config', name, `touch ${ran}`);
    }
    assert.is(at(), '2026-10-05T06:00:00.000Z');
    assert.not(fs.existsSync(ran));
    fs.writeFileSync(path.join(folder, '.git', 'HEAD'), 'ref: refs/../../../etc/passwd\n');
    assert.is(at(), '2026-11-01T10:00:00.000Z');
  }));

test.run();
