import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findFile, isStarter, openWorkspace } from '../../runner/course/folder/workspace';
import { loadCourse } from '../../runner/course/load-course';
import { asTyped, howStarted } from '../../runner/start-command';
import { unwrapped, workbook } from '../support/command-line';
import { lessons } from '../support/course-folder';
import { sourcesBelow } from '../support/imports';
import { suite } from '../support/suite';

/* What a learner is told to type is what this learner typed, in every text. */

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const test = suite('what to type before a command');
test.after(() => rmSync(folder, { recursive: true }));

writeFileSync(path.join(folder, 'package.json'), '{}');
const local = path.join(folder, 'node_modules');
const ways: { how: string; script: string; env?: NodeJS.ProcessEnv; typed: string }[] = [
  {
    how: 'in the checkout',
    script: '/home/me/workbook-checkout/runner/start.cjs',
    typed: 'npm start --',
  },
  {
    how: 'in the checkout, by npm',
    script: path.join(local, 'queuing-workbook/runner/start.cjs'),
    env: { npm_lifecycle_script: 'node runner/start.cjs' },
    typed: 'npm start --',
  },
  {
    how: 'fetched by npx',
    script: '/home/me/.npm/_npx/6ec83c5b/node_modules/.bin/queuing-workbook',
    env: { npm_command: 'exec' },
    typed: 'npx queuing-workbook',
  },
  {
    how: 'fetched by npx, on Windows',
    script:
      'C:\\npm-cache\\_npx\\6ec83c5b\\node_modules\\.bin\\..\\queuing-workbook\\runner\\start.cjs',
    typed: 'npx queuing-workbook',
  },
  {
    how: 'a package of a project, by its short name',
    script: path.join(local, '.bin/workbook'),
    env: { npm_command: 'exec' },
    typed: 'npx workbook',
  },
  {
    how: 'a package of a project, by its whole name',
    script: path.join(local, '.bin/queuing-workbook'),
    env: { npm_command: 'exec' },
    typed: 'npx queuing-workbook',
  },
  {
    how: 'a package of a project, without a name',
    script: path.join(local, 'queuing-workbook/runner/start.cjs'),
    typed: 'npx queuing-workbook',
  },
  { how: 'installed for all', script: '/usr/bin/workbook', typed: 'workbook' },
  {
    how: 'installed for all, by its whole name',
    script: '/usr/bin/queuing-workbook',
    typed: 'queuing-workbook',
  },
  {
    how: 'installed for all, without a name',
    script: '/usr/lib/node_modules/queuing-workbook/runner/start.cjs',
    typed: 'workbook',
  },
];

test.rows(
  ways,
  ({ how }) => how,
  ({ script, env, typed }) => assert.equal(howStarted(env ?? {}, script), typed),
);

test('a text is written as for a checkout, and read as it is typed', () => {
  const text = 'Run `npm start -- check 2`, then `npm start -- show 3`.';
  assert.equal(asTyped(text, 'npm start --'), text);
  assert.equal(
    asTyped(text, 'npx queuing-workbook'),
    'Run `npx queuing-workbook check 2`, then `npx queuing-workbook show 3`.',
  );
});

test('lessons, hints and starters are as they are typed; a starter of another start is still one', () => {
  const other = path.join(folder, 'other');
  const before = process.argv[1] ?? '';
  process.argv[1] = '/usr/bin/workbook';
  const course = loadCourse(lessons);
  try {
    const told = course.lessons.flatMap(({ text, hints }) => [
      text,
      ...hints.map((hint) => hint.text),
    ]);
    assert.ok(told.some((text) => text.includes('`workbook check 2`')));
    assert.deepEqual(
      told.filter((text) => text.includes('npm start')),
      [],
    );
    mkdirSync(other);
    openWorkspace(course.lessons, other);
  } finally {
    process.argv[1] = before;
  }
  const lesson = course.lessons[2];
  const name = lesson?.files[0];
  assert.ok(lesson && name);
  const file = findFile(lesson, other, name);
  assert.ok(file);
  assert.match(readFileSync(file, 'utf8'), /`workbook show 2`/);
  assert.ok(isStarter(lesson, name, file));
  writeFileSync(file, `${readFileSync(file, 'utf8')}console.log(1);\n`);
  assert.ok(!isStarter(lesson, name, file));
});

test('the next step for a file that is missing names it too', async () => {
  const { stdout } = await workbook(['check', '0', '--dir', folder, '--offline'], {
    env: { WORKBOOK_LESSONS: '', npm_command: 'exec' },
  });
  assert.match(unwrapped(stdout), /prompt of npx queuing-workbook redis/);
});

test('no text of the runner names the command of a checkout past this', () => {
  // The page and grading pass it on; what npm took for its own was typed with npm.
  const own = [
    'start-command.ts',
    'commands/npm-options.ts',
    'grading/explain/unbegun.ts',
    'vocabulary/redis/dump.ts',
  ];
  const runner = path.join(__dirname, '../../runner');
  const named = sourcesBelow(runner)
    .filter((file) => !own.includes(path.relative(runner, file)))
    .filter((file) => /['"`>].*npm start/.test(withoutComments(readFileSync(file, 'utf8'))));
  assert.deepEqual(named, []);
});

test.run();

function withoutComments(text: string): string {
  return text.replace(/\/\*.*?\*\//gs, '').replace(/^\s*\/\/.*$/gm, '');
}
