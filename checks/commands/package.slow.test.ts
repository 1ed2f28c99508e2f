import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { workbook } from '../support/command-line';
import { DrivenScreen } from '../support/screen-driver';
import { suite } from '../support/suite';
import { dependencyFaults } from '../tools/dependencies';
import { bundledPackages } from '../tools/package/bundled-packages';
import { makePackage } from '../tools/package/make-package';

/* The package as it would be published, installed where nothing is, and two lessons played with it. */

const project = path.join(__dirname, '../..');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
/** Where the learner is. */
const home = path.join(folder, 'learner');
const modules = path.join(home, 'node_modules');
const installed = path.join(modules, 'queuing-workbook');
/** As npx starts it. */
const script = path.join(modules, '.bin', 'workbook');

/** On a machine with much else to do. */
const limit = 8 * 60_000;

const test = suite('package', { limit });
test.after(() => {
  execFileSync('chmod', ['-R', 'u+w', folder]);
  rmSync(folder, { recursive: true });
});

test('it installs into an empty folder, with an empty cache and without a registry', async () => {
  const { file } = await makePackage(folder);
  mkdirSync(home);
  const apart = ['--offline', '--cache', path.join(folder, 'cache')];
  const { status, stderr } = spawnSync(
    'npm',
    ['install', ...apart, '--ignore-scripts', '--no-audit', file],
    { cwd: home, encoding: 'utf8' },
  );
  assert.equal(status, 0, stderr);
  assert.doesNotMatch(stderr, /npm warn/);
  assert.ok(existsSync(script));
  assert.ok(existsSync(path.join(modules, '.bin', 'queuing-workbook')));
});

test('each package is there in the version and at the place of the lock file, and no other', () => {
  const wanted = [...bundledPackages(project).values()].map(
    ({ place, version }) => `${place} ${version}`,
  );
  assert.deepEqual(packagesBelow(installed).sort(), wanted.sort());
  const beside = readdirSync(modules).filter((name) => !name.startsWith('.'));
  assert.deepEqual(beside, ['queuing-workbook']);
});

test('no package has a grave advisory, a foreign licence or a script', () => {
  const lock = readFileSync(path.join(modules, '.package-lock.json'), 'utf8');
  assert.deepEqual(
    dependencyFaults(lock).filter(({ severity }) => severity !== 'low'),
    [],
  );
});

test('nothing of the checkout alone is in it, and what is published says so', () => {
  const top = readdirSync(installed).sort();
  assert.deepEqual(top, [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'SECURITY.md',
    'dump.rdb',
    'lessons',
    'node_modules',
    'package.json',
    'runner',
  ]);
  const text = readFileSync(path.join(installed, 'package.json'), 'utf8');
  assert.ok(!/"(private|scripts|devDependencies|overrides)"/.test(text));
});

test('its texts say how it was started', async () => {
  const { code, stdout } = await workbook(['show', '2'], {
    script,
    cwd: home,
    env: { WORKBOOK_LESSONS: '' },
  });
  assert.equal(code, 0);
  assert.match(stdout, /npx workbook check 2/);
  assert.ok(!stdout.includes('npm start'));
});

test(
  'the menu opens, and the first lesson of each course is opened, written and passed',
  async () => {
    const files = path.join(home, 'workspace');
    for (const lesson of [
      { words: [], down: 1, file: '0-redis_client.ts', from: 'queuing/01-redis-client' },
      { words: ['--course', 'today'], down: 0, file: 'today-client.ts', from: 'today/01-client' },
    ]) {
      const screen = new DrivenScreen({
        home: '',
        env: { WORKBOOK_LESSONS: '' },
        words: lesson.words,
        script,
        cwd: home,
      });
      try {
        await screen.shows(/0 of \d+ passed[\s\S]*quit/);
        for (let count = 0; count < lesson.down; count++) screen.press('Down');
        screen.press('Enter');
        const menu = await screen.shows(/Read the lesson[\s\S]*b back/);
        assert.ok(menu.includes(lesson.file), menu);
        screen.press('c');
        await screen.shows(/not begun\s+yet[\s\S]*Save /);
        const worked = path.join(installed, 'lessons', lesson.from, lesson.file);
        copyFileSync(worked, path.join(files, lesson.file));
        await screen.shows(/✓ {2}1[\s\S]*Save /);
        screen.press('b');
        await screen.shows(/Read the lesson[\s\S]*q quit/);
        screen.press('q');
        await screen.shows(/\[ended 0\]/);
      } finally {
        screen.close();
      }
    }
  },
  { needs: ['tmux'] },
);

test('the page comes with its scripts, without a bundler', async () => {
  const { address, close } = await opened();
  try {
    const first = await fetch(address, { redirect: 'manual' });
    const cookie = first.headers.get('set-cookie')?.split(';')[0] ?? '';
    const answer = await fetch(new URL('/main.js', address), { headers: { cookie } });
    assert.equal(answer.status, 200);
    assert.ok((await answer.text()).length > 10_000);
  } finally {
    await close();
  }
});

test(
  'where it cannot write to itself, its cache is the user’s, and its files are in the current folder',
  async () => {
    rmSync(path.join(installed, 'node_modules', '.cache'), { recursive: true, force: true });
    execFileSync('chmod', ['-R', 'a-w', installed]);
    const other = path.join(folder, 'other');
    mkdirSync(other);
    const { code, stdout } = await workbook(['list'], {
      script,
      cwd: other,
      obeysPermissions: true,
      env: { HOME: other, XDG_CACHE_HOME: '', WORKBOOK_LESSONS: '' },
    });
    assert.equal(code, 0);
    assert.match(stdout, /npx workbook show 0/);
    assert.ok(existsSync(path.join(other, 'workspace', '0-redis_client.ts')));
    assert.ok(readdirSync(path.join(other, '.cache', 'queuing-workbook')).length > 1);
  },
  { needs: ['setpriv'] },
);

test.run();

const manifest = v.object({ version: v.string() });

/** The packages in a folder's node_modules and in theirs, as `node_modules/kue 0.11.6`. */
function packagesBelow(root: string): string[] {
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?:^|[\\/])node_modules[\\/](?:@[^\\/]+[\\/])?[^@.\\/][^\\/]*$/.test(name))
    .filter((name) => existsSync(path.join(root, name, 'package.json')))
    .map((name) => {
      const text = readFileSync(path.join(root, name, 'package.json'), 'utf8');
      return `${name} ${v.parse(manifest, JSON.parse(text)).version}`;
    });
}

/** The page, opened as by a learner. */
async function opened(): Promise<{ address: string; close(): Promise<void> }> {
  let ended: Promise<unknown> = Promise.resolve();
  const found = await new Promise<{ address: string; end: () => void }>((resolve, reject) => {
    ended = workbook(['open', '--no-browser', '--offline'], {
      script,
      cwd: home,
      env: { WORKBOOK_LESSONS: '' },
      onOutput: (text, child) => {
        const address = /http:\S+token=\S+/.exec(text)?.[0];
        if (address) resolve({ address, end: () => child.kill('SIGTERM') });
      },
    });
    ended.then(() => reject(new Error('it ended before it told its address')), reject);
  });
  return {
    address: found.address,
    close: async () => {
      found.end();
      await ended;
    },
  };
}
