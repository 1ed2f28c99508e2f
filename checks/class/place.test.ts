import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import { learnersBelow } from '../../runner/class/roster/learner';
import { readRoster } from '../../runner/class/roster/roster';
import { handedInAt } from '../../runner/class/submission/handed-in';
import { type OpenPlace, openPlace } from '../../runner/class/submission/place';
import { SubmissionRefusal } from '../../runner/class/submission/refusal';
import { lastCommitOf } from '../../runner/class/submission/repository';
import { readSubmission } from '../../runner/class/submission/submission';
import { loadCourse } from '../../runner/course/load-course';
import { madeZip, type ZipEntry } from '../support/class/made-zip';
import { course } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { ownTemporaryFolder } from '../support/leftovers';
import { suite } from '../support/suite';

/* What a learner handed in as a zip or a repository: what counts of it, and what is refused. */

const test = suite('place');

const { lessons } = loadCourse(course);
const signal = new AbortController().signal;
const program = "console.log('Hello');\n";

test('a zip is one learner’s, handed in when its newest file was changed', () =>
  withFolder(async (folder) => {
    const file = path.join(folder, 'Ada_17_assignsubmission_file.zip');
    fs.writeFileSync(
      file,
      madeZip([
        { name: 'queue/', mode: 0o040755 },
        { name: 'queue/0-greeting.js', content: program, at: new Date(2026, 10, 3, 8) },
        { name: 'queue/ü.js', content: '1', at: new Date(2026, 10, 2, 8) },
        { name: 'queue/node_modules/redis/index.js', content: 'x', at: new Date(2026, 10, 9) },
        { name: '__MACOSX/queue/._0-greeting.js', content: 'x', at: new Date(2026, 10, 9) },
      ]),
    );
    fs.mkdirSync(path.join(folder, 'Bob'));
    fs.writeFileSync(path.join(folder, 'Bob.zip'), '');
    assert.equal(
      learnersBelow([folder]).map(({ name }) => name),
      ['Ada', 'Bob'],
    );
    await opened(file, ({ folder: own, at }) => {
      const { files } = readSubmission(lessons, own);
      assert.equal(
        files.map(({ name }) => name),
        ['queue/0-greeting.js', 'queue/ü.js'],
      );
      assert.equal(at, new Date(2026, 10, 3, 8));
      assert.is(fs.statSync(own).mode & 0o077, 0);
    });
    // As a platform lays it out: a folder for each learner, with the zip in it.
    const inside = path.join(folder, 'Cy');
    fs.mkdirSync(inside);
    fs.copyFileSync(file, path.join(inside, 'home work.ZIP'));
    await opened(inside, ({ folder: own }) => {
      assert.is(readSubmission(lessons, own).files.length, 2);
    });
    fs.writeFileSync(path.join(inside, '0-greeting.js'), program);
    await opened(inside, ({ folder: own }) => assert.is(own, inside));
  }));

const many = Array.from({ length: 3001 }, (_, at) => ({ name: `${at}.js` }));
const large = Buffer.alloc(33 * 1024 * 1024);
const hostile: Record<string, { entries: ZipEntry[]; told: RegExp }> = {
  'a name that leads up': {
    entries: [{ name: '../out.js', content: 'x' }],
    told: /leads out of its folder: \.\.\/out\.js/,
  },
  'a name that leads up by backslashes': {
    entries: [{ name: 'a\\..\\..\\out.js' }],
    told: /leads out of its folder/,
  },
  'an absolute name': { entries: [{ name: '/tmp/out.js' }], told: /leads out/ },
  'a name with a zero': { entries: [{ name: 'a\0.js' }], told: /leads out/ },
  'a link': {
    entries: [{ name: '0-greeting.js', content: '/etc/passwd', mode: 0o120777 }],
    told: /0-greeting\.js in the zip is no plain file/,
  },
  'a file below a link': {
    entries: [
      { name: 'up', content: '..', mode: 0o120777 },
      { name: 'up/out.js', content: 'x' },
    ],
    told: /up in the zip is no plain file/,
  },
  'a device': { entries: [{ name: 'a', mode: 0o020666 }], told: /no plain file/ },
  'an encrypted file': {
    entries: [{ name: '0-greeting.js', content: program, encrypted: true }],
    told: /is encrypted\. Have it handed in without a password\./,
  },
  'what swells': { entries: [{ name: 'a', content: large }], told: /more than 32 MB/ },
  'what swells and says it does not': {
    entries: [{ name: 'a', content: large, claims: 100 }],
    told: /is no zip, or it is damaged/,
  },
  'more files than a folder may have': { entries: many, told: /more than 3000 files/ },
  'a name twice': {
    entries: [
      { name: 'a.js', content: '1' },
      { name: 'a.js', content: '2' },
    ],
    told: /a name twice/,
  },
  'a folder with the name of a file': {
    entries: [{ name: 'a' }, { name: 'a/b.js' }],
    told: /a name twice/,
  },
};
test.rows(
  Object.keys(hostile),
  (name) => `${name} in a zip is refused, and nothing of it is left`,
  (name) =>
    withFolder(async (folder) => {
      const { entries = [], told } = hostile[name] ?? {};
      const file = path.join(folder, 'own.zip');
      fs.writeFileSync(file, madeZip(entries));
      assert.match(await refusal(file), told ?? /never/);
      assert.equal(fs.readdirSync(folder), ['own.zip']);
      assert.not(fs.existsSync('/tmp/out.js'));
    }),
);

test('what is no zip is refused', () =>
  withFolder(async (folder) => {
    const file = path.join(folder, 'own.zip');
    for (const content of ['', 'PK', program, madeZip([{ name: 'a.js' }]).subarray(0, 40)]) {
      fs.writeFileSync(file, content);
      assert.match(await refusal(file), /own\.zip is no zip, or it is damaged\./);
    }
  }));

test('of a repository the last commit counts, and no program of it is run', () =>
  withFolder(async (folder) => {
    const bare = madeRepository(folder, {
      '0-greeting.js': program,
      '.gitattributes': '* filter=lfs',
    });
    const ran = path.join(folder, 'ran');
    const hook = path.join(bare, 'hooks', 'post-checkout');
    fs.mkdirSync(path.dirname(hook), { recursive: true });
    fs.writeFileSync(hook, `#!/bin/sh\ntouch ${ran}\n`, { mode: 0o755 });
    assert.equal(
      learnersBelow([folder]).map(({ name }) => name),
      ['ada', 'work'],
    );
    const head = await lastCommitOf(bare, signal);
    for (const place of [bare, pathToFileURL(bare).href]) {
      assert.is(await lastCommitOf(place, signal), head);
      await opened(place, ({ folder: own }) => {
        const submission = readSubmission(lessons, own);
        assert.equal(
          submission.files.map(({ name }) => name),
          ['.gitattributes', '0-greeting.js'],
        );
        assert.is(handedInAt(own, submission)?.toISOString(), '2026-10-05T06:00:00.000Z');
        const log = execFileSync('git', ['-C', own, 'rev-list', '--all', '--count']);
        assert.is(String(log).trim(), '1', 'nothing before it is fetched');
      });
    }
    assert.not(fs.existsSync(ran));
  }));

test('a repository that cannot be fetched is refused in a sentence', () =>
  withFolder(async (folder) => {
    const nowhere = pathToFileURL(path.join(folder, 'none.git')).href;
    assert.match(await refusal(nowhere), /The repository cannot be fetched: .*none\.git/);
    assert.match(await refusal('http://127.0.0.1:1/a.git'), /are not fetched by http\./);
    assert.match(await refusal('ext::sh -c false'), /^opened$/);
    assert.match(
      await refusal('https://ada:secret@127.0.0.1:1/a.git'),
      /cannot be fetched: unable to access 'https:\/\/127/,
    );
    const roster = path.join(folder, 'roster.csv');
    const url = 'git@example.org:class/ada.git';
    fs.writeFileSync(roster, `name,folder\nAda,${url}\nBob,bob.zip\n`);
    assert.equal(
      readRoster(roster).map(({ folder: own }) => own),
      [url, path.join(folder, 'bob.zip')],
    );
    const before = process.env.PATH;
    process.env.PATH = folder;
    try {
      assert.match(await refusal(url), /Git is needed to fetch a repository/);
    } finally {
      process.env.PATH = before;
    }
  }));

test('a link to a folder with files of the course is not followed', () =>
  withFolder(async (folder) => {
    const other = path.join(folder, 'other');
    const own = path.join(folder, 'own');
    for (const one of [other, own]) fs.mkdirSync(one);
    fs.writeFileSync(path.join(other, '0-greeting.js'), program);
    fs.symlinkSync(other, path.join(own, 'queue'));
    const { files, leftOut } = readSubmission(lessons, own);
    assert.equal(files, []);
    assert.equal(leftOut, ['queue']);
  }));

test.run();

/** Opens a place, and looks that nothing is left of it afterwards. */
async function opened(place: string, use: (open: OpenPlace) => void): Promise<void> {
  const left = ownTemporaryFolder();
  try {
    const open = await openPlace(place, signal);
    try {
      use(open);
    } finally {
      open.remove();
    }
    assert.equal(left.files, []);
  } finally {
    left.remove();
  }
}

/** Why a place is refused, or `opened`. */
async function refusal(place: string): Promise<string> {
  const left = ownTemporaryFolder();
  try {
    const open = await openPlace(place, signal);
    open.remove();
    return 'opened';
  } catch (error) {
    if (!(error instanceof SubmissionRefusal)) throw error;
    assert.equal(left.files, []);
    return `${error.message} ${error.next}`;
  } finally {
    left.remove();
  }
}

/** A bare repository of two commits, whose last has these files. */
function madeRepository(folder: string, files: Record<string, string>): string {
  const work = path.join(folder, 'work');
  const bare = path.join(folder, 'ada.git');
  fs.mkdirSync(work);
  const date = '2026-10-05T08:00:00+02:00';
  const git = (...words: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=b', ...words], {
      cwd: work,
      stdio: 'ignore',
      env: {
        ...process.env,
        GIT_COMMITTER_DATE: date,
        GIT_AUTHOR_DATE: '2020-01-01T00:00Z',
        GIT_CONFIG_GLOBAL: os.devNull,
      },
    });
  git('init', '-b', 'main');
  git('commit', '--allow-empty', '-m', 'first');
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(work, name), text);
  git('add', '.');
  git('commit', '-m', 'second');
  git('clone', '--bare', '.', bare);
  return bare;
}
