import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { optionsTakenByNpm } from '../../runner/commands/npm-options';
import { workbook } from '../support/command-line';
import { lessons } from '../support/course-folder';
import { suite } from '../support/suite';

const test = suite('what surrounds the workbook');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

const program = "import redis from 'redis';\nredis.createClient();\n";

/** Grades a folder of the learner's; its files by name. */
function check(name: string, files: Record<string, string>) {
  const made = path.join(folder, name);
  mkdirSync(made);
  for (const [file, text] of Object.entries(files)) writeFileSync(path.join(made, file), text);
  return workbook(['check', '1', '--offline', '--json', '--dir', made], {
    env: { WORKBOOK_LESSONS: lessons },
  });
}

test('a file of 60 MB is refused by its size, before it is read', async () => {
  const { code, stdout } = await check('blanks', {
    '0-redis_client.js': ' '.repeat(60_000_000),
  });
  assert.equal(code, 1);
  assert.match(stdout, /"class": "unreadable-file"/);
  assert.match(stdout, /too large to be graded: it has 60\.0 MB/);
});

test('so is one that is imported, by a file that is imported', async () => {
  const { code, stdout } = await check('imported blanks', {
    '0-redis_client.js': "import './part.js';",
    'part.js': "const large = require('./large');",
    'large.js': ' '.repeat(60_000_000),
  });
  assert.equal(code, 1);
  assert.match(stdout, /"message": "The file large\.js is too large to be graded: it has 60\.0 MB/);
});

test('a package.json that does not parse is named, with the place and the line', async () => {
  const { code, stdout } = await check('damaged', {
    '0-redis_client.js': program,
    'package.json': '{\n  "name": "x",\n  "private": true,,\n}\n',
  });
  assert.equal(code, 1);
  assert.match(
    stdout,
    /The folder’s package\.json cannot be read in line 3, column 19,.*The line: “\\"private\\": true,,”/,
  );
  assert.match(stdout, /damaged\/package\.json:3:19:/);
});

test('Yarn’s Plug’n’Play is named where a package is not found', async () => {
  const { code, stdout } = await check('plug', {
    '0-redis_client.js': `import odd from 'is-no-package-of-ours';\n${program}`,
    'package.json': '{ "dependencies": { "is-no-package-of-ours": "1" } }',
    '.pnp.cjs': '',
  });
  assert.equal(code, 1);
  assert.match(stdout, /Plug’n’Play[^"]*nodeLinker: node-modules/);
});

test('the advice about a redis of the folder’s own knows Plug’n’Play too', async () => {
  const { stdout } = await check('plug-redis', {
    '0-redis_client.js': program,
    'package.json': '{ "dependencies": { "redis": "^5.0.0" } }',
    '.pnp.cjs': '',
  });
  assert.match(stdout, /asks for redis \^5[^"]*Plug’n’Play[^"]*nodeLinker: node-modules/);
  assert.doesNotMatch(stdout, /npm install/);
});

test('options that npm kept for itself come back', () => {
  const npm = { npm_lifecycle_script: 'node runner/start.cjs' };
  const taken = (env: NodeJS.ProcessEnv) => optionsTakenByNpm({ ...npm, ...env });
  assert.deepEqual(taken({ npm_config_offline: 'true', npm_config_json: 'true' }), [
    '--offline',
    '--json',
  ]);
  assert.deepEqual(taken({ npm_config_dir: '/some/where' }), ['--dir=/some/where']);
  assert.throws(() => taken({ npm_config_redis: 'true' }), /npm takes --redis/);
  assert.deepEqual(optionsTakenByNpm({ npm_config_offline: 'true' }), []);
  const npmrc = path.join(folder, '.npmrc');
  writeFileSync(npmrc, 'offline = true\n');
  assert.deepEqual(taken({ npm_config_offline: 'true', npm_config_userconfig: npmrc }), []);
});

test('doctor: 0 if the workbook can work here, 3 with the cure if it cannot', async () => {
  const home = { WORKBOOK_HOME: path.join(folder, 'home') };
  const well = await workbook(['doctor'], { env: { ...home, PATH: '/is/not/there' } });
  assert.equal(well.code, 0, well.stdout + well.stderr);
  assert.match(well.stdout, /redis-server +none on PATH[\s\S]*The workbook can work here/);
  const ill = await workbook(['doctor', '--json'], { env: { ...home, TMPDIR: '/is/not/there' } });
  assert.equal(ill.code, 3);
  const { works, symptoms } = JSON.parse(ill.stdout);
  assert.equal(works, false);
  const [bad] = symptoms.filter(({ state }: { state: string }) => state === 'bad');
  assert.equal(bad.what, 'temporary folder');
  assert.match(bad.cure, /set TMPDIR/);
});

test.run();
