import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import { pack, unpack } from '../../runner/class/submission/packing';
import { SubmissionRefusal } from '../../runner/class/submission/refusal';
import {
  type GradingTerms,
  readSubmission,
  submissionId,
} from '../../runner/class/submission/submission';
import { loadCourse } from '../../runner/course/load-course';
import { course } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

const test = suite('submission');

const { lessons } = loadCourse(course);
const terms: GradingTerms = {
  lessons: ['0', '1'],
  checks: 'c',
  redis: 'embedded',
  isolation: 'guard',
};
const program = "console.log('Hello');\n";

test('what is handed in comes out again, byte for byte', () =>
  withFolder(async (folder) => {
    const from = laidOut(folder, 'from', {
      '0-greeting.js': `\uFEFF${program}`,
      '1-key.ts': Buffer.from([0xff, 0xfe, 0, 0x80]),
      'lib/deep/names ü 𠮷.js': 'export {};\r\n',
      '.babelrc': '{}',
    });
    fs.mkdirSync(path.join(from, '2-one.ts'));
    const to = path.join(folder, 'to');
    fs.mkdirSync(to);
    const read = readSubmission(lessons, from);
    unpack(pack(read), to);
    assert.equal(contents(to), contents(from));
    assert.ok(fs.statSync(path.join(to, '2-one.ts')).isDirectory());
    assert.is(submissionId(readSubmission(lessons, to), terms), submissionId(read, terms));
  }));

test('packages, hidden folders, links and pipes are left out', () =>
  withFolder(async (folder) => {
    const secret = path.join(folder, 'secret.txt');
    fs.writeFileSync(secret, 'of the teacher');
    const from = laidOut(folder, 'from', {
      '0-greeting.js': program,
      'node_modules/redis/index.js': 'x',
      'lib/node_modules/a.js': 'x',
      '.git/config': 'x',
    });
    fs.symlinkSync(secret, path.join(from, '1-key.js'));
    fs.symlinkSync(folder, path.join(from, 'up'));
    execFileSync('mkfifo', [path.join(from, '2-one.js')]);
    const { files, leftOut } = readSubmission(lessons, from);
    assert.equal(
      files.map(({ name }) => name),
      ['0-greeting.js'],
    );
    assert.equal(leftOut, ['1-key.js', '2-one.js', 'up']);
  }));

test('of a course folder one level down what stands above it counts too', () =>
  withFolder(async (folder) => {
    const from = laidOut(folder, 'from', {
      'package.json': '{ "type": "module" }',
      'README.md': 'x',
      'queue/0-greeting.js': program,
      'other/notes.txt': 'x',
    });
    const { files } = readSubmission(lessons, from);
    assert.equal(
      files.map(({ name }) => name),
      ['package.json', 'queue/0-greeting.js'],
    );
  }));

test('the id follows from each file, each name and each term, and from nothing else', () =>
  withFolder(async (folder) => {
    const idOf = (name: string, files: Files, more: Partial<GradingTerms> = {}) =>
      submissionId(readSubmission(lessons, laidOut(folder, name, files)), { ...terms, ...more });
    const own = { '0-greeting.js': program, 'a.js': 'b' };
    const ids = [
      idOf('one', own),
      idOf('two', { ...own, 'a.js': 'c' }),
      idOf('three', { ...own, 'b.js': 'b' }),
      idOf('four', { '0-greeting.js': program, 'a.jsb': '' }),
      idOf('five', own, { lessons: ['0'] }),
      idOf('six', own, { checks: 'd' }),
      idOf('seven', own, { redis: 'server' }),
      idOf('eight', own, { isolation: 'walls' }),
    ];
    assert.is(new Set(ids).size, ids.length);
    assert.is(idOf('nine', { 'a.js': 'b', '0-greeting.js': program }), ids[0]);
    assert.match(ids[0] ?? '', /^s[0-9a-f]{40}$/);
  }));

test('what is too much, not there or two is refused in a sentence', () =>
  withFolder(async (folder) => {
    const refused = (work: () => unknown) => {
      try {
        work();
      } catch (error) {
        if (error instanceof SubmissionRefusal) return `${error.message} ${error.next}`;
        throw error;
      }
      return 'taken';
    };
    const large = laidOut(folder, 'large', {
      '0-greeting.js': program,
      'film.bin': randomBytes(6 * 1024 * 1024),
    });
    assert.is(
      refused(() => pack(readSubmission(lessons, large))),
      'The folder holds too much to hand in: film.bin alone has 6.0 MB. Take away what no lesson asks for, and hand in again.',
    );
    fs.truncateSync(path.join(large, 'film.bin'), 2 ** 40);
    assert.match(
      refused(() => readSubmission(lessons, large)),
      /film\.bin alone has 1048576\.0 MB/,
    );
    const nowhere = path.join(folder, 'nowhere');
    assert.is(
      refused(() => readSubmission(lessons, nowhere)),
      `"${nowhere}" does not exist. Give the folder that holds this learner’s files.`,
    );
    const two = laidOut(folder, 'two', { 'a/0-greeting.js': 'x', 'b/0-greeting.js': 'y' });
    assert.match(
      refused(() => readSubmission(lessons, two)),
      /More than one folder .* holds files of the course: a, b\./,
    );
  }));

const hostile: Record<string, unknown> = {
  'a name that leads up': [{ name: '../out.js', text: '' }],
  'a name that leads up from below': [{ name: 'a/../../out.js', text: '' }],
  'an absolute name': [{ name: '/tmp/out.js', text: '' }],
  'a name with a backslash': [{ name: '..\\out.js', text: '' }],
  'an empty name': [{ name: '', text: '' }],
  'a name with a zero': [{ name: 'a\0.js', text: '' }],
  'a link': [{ name: 'a.js', link: '/etc/passwd' }],
  'no list': 'files',
};
test.rows(
  Object.keys(hostile),
  (name) => `${name} is never unpacked`,
  (name) =>
    withFolder(async (folder) => {
      const to = path.join(folder, 'to');
      fs.mkdirSync(to);
      const packed = gzipSync(JSON.stringify({ version: 1, folders: [], files: hostile[name] }));
      assert.throws(() => unpack(packed, to), /not a submission that the workbook packed/);
      assert.equal(fs.readdirSync(folder), ['to']);
      assert.equal(fs.readdirSync(to), []);
    }),
);

test('a folder that leads up is not made, nor is what swells to more than memory holds', () =>
  withFolder(async (folder) => {
    const to = path.join(folder, 'to');
    fs.mkdirSync(to);
    const up = gzipSync(JSON.stringify({ version: 1, folders: ['../out'], files: [] }));
    assert.throws(() => unpack(up, to), /not a submission/);
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'a'));
    assert.throws(() => unpack(bomb, to), /not a submission/);
    assert.throws(() => unpack(Buffer.from('none'), to), /not a submission/);
    assert.equal(fs.readdirSync(folder), ['to']);
  }));

test.run();

type Files = Readonly<Record<string, string | Buffer>>;

function laidOut(folder: string, name: string, files: Files): string {
  const top = path.join(folder, name);
  for (const [file, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(top, file)), { recursive: true });
    fs.writeFileSync(path.join(top, file), content);
  }
  return top;
}

/** Every file below a folder, by its name, in hexadecimal digits. */
function contents(folder: string): Record<string, string> {
  const files = fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    files.map((file) => [path.relative(folder, file), fs.readFileSync(file, 'hex')]),
  );
}
