import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { findFile } from '../../runner/course/folder/workspace';
import { gradingTerms } from '../../runner/course/grading';
import type { PartVerdict } from '../../runner/grading/verdict';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { withFolder } from '../support/course-folder';
import { graded } from '../support/graded';
import { gradeFolder } from '../support/graded-folder';
import { queuing } from '../support/queuing';
import { suite } from '../support/suite';

/*
 * Whatever a learner's program can do, the verdict says which kind of failure it was, in a
 * sentence, and what to do next; no raw error of Node comes through where there is a better word.
 */

interface Failure {
  /** What the row shows. */
  when: string;
  /** The lesson's number and the course's name of the file; the first lesson's without them. */
  lesson?: number;
  file?: string;
  text: string | Buffer;
  /** Other files beside it. */
  beside?: Record<string, string>;
  class: string;
  message: string | RegExp;
  next?: string;
  line?: number;
}

const client = `import redis from 'redis';
const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log('Redis client not connected to the server: ' + error));
`;

const failures: Failure[] = [
  {
    when: 'nothing hears of a refused connection',
    text: `import redis from 'redis';
redis.createClient().on('connect', () => console.log('Redis client connected to the server'));
`,
    class: 'redis-unreachable',
    message:
      'The program ended because Redis refused the connection and nothing listens for “error”.',
    next: 'client.on("error"',
  },
  {
    when: 'Redis is looked for at another port',
    text: "import redis from 'redis';\nredis.createClient(6380);\n",
    class: 'redis-unreachable',
    message:
      'The program connects to 127.0.0.1:6380, where nothing listens; the task’s Redis is at 127.0.0.1:6379.',
  },
  {
    when: 'an own file is misspelt',
    text: `import { helper } from './helpers.js';\n${client}`,
    beside: { 'helper.js': 'export const helper = 1;\n' },
    class: 'missing-module',
    message: 'The file “./helpers.js” that this one imports is not there.',
    next: '“helper.js”',
  },
  {
    when: 'a package is misspelt',
    text: client.replace("'redis'", "'reddis'").concat("import 'redis';\n"),
    class: 'missing-module',
    message: 'The package “reddis” is not installed, here or in the workbook.',
    next: '“redis”',
  },
  {
    when: 'a package that package.json names is not installed',
    text: `${client}import 'left-alone';\n`,
    beside: { 'package.json': '{ "dependencies": { "left-alone": "^1.0.0" } }' },
    class: 'missing-module',
    message: 'The package “left-alone” is not installed, here or in the workbook.',
    next: 'run npm install in the folder',
  },
  {
    when: 'redis 4’s connect is called on a client of redis 3',
    text: `${client}client.connect();\n`,
    class: 'crash',
    message:
      '“client.connect()” is written for redis 4 and later; redis 3, which the course teaches, works in another way.',
    line: 5,
  },
  {
    when: 'something is awaited at the top level',
    text: `${client}await client;\n`,
    class: 'syntax-error',
    message: 'In line 5 “await” stands at the top level of the file, outside of any function.',
    line: 5,
  },
  {
    when: 'something is awaited in a function that is not async',
    text: `${client}function get() {\n  return await client;\n}\n`,
    class: 'syntax-error',
    message: 'In line 6 “await” stands outside of an async function.',
    line: 6,
  },
  {
    when: 'a bracket is missing',
    text: client.replace("server'));", "server');"),
    class: 'syntax-error',
    message: "0-redis_client.js cannot be read in line 3: ')' expected.",
    next: "“client.on('connect', () => console.log('Redis client connected to the server');”",
    line: 3,
  },
  {
    when: 'a name is declared twice',
    text: `${client}const client = 2;\n`,
    class: 'syntax-error',
    message:
      '0-redis_client.js cannot be read in line 5: “client” is declared a second time in the same place.',
    line: 5,
  },
  {
    when: 'a file that it imports cannot be read',
    text: `${client}import './other.js';\n`,
    beside: { 'other.js': 'const a = ;\n' },
    class: 'syntax-error',
    message: 'other.js cannot be read in line 1: Expression expected.',
  },
  {
    when: 'a promise is rejected',
    text: `${client}Promise.reject(new Error('no luck'));\n`,
    class: 'crash',
    message: 'A promise was rejected and nothing caught it. It says “no luck”.',
    next: 'try … catch',
    line: 5,
  },
  {
    when: 'a text that is no JSON is read',
    text: `${client}JSON.parse('{');\n`,
    class: 'crash',
    message: 'A text that is no JSON was read as JSON.',
    line: 5,
  },
  {
    when: 'a property of undefined is read',
    text: `${client}const answer = undefined;\nconsole.log(answer.length);\n`,
    class: 'crash',
    message:
      "The program stopped with “TypeError: Cannot read properties of undefined (reading 'length')”.",
    next: 'What stands before the dot has no value there',
    line: 6,
  },
  {
    when: 'a constant is assigned to',
    text: `${client}const tries = 0;\nconst add = () => { tries += 1; };\nadd();\n`,
    class: 'crash',
    message: 'The program stopped with “TypeError: Assignment to constant variable.”.',
    next: 'Declare what changes with let',
    line: 6,
  },
  {
    when: 'a function is misspelt',
    text: `${client}client.gett('Holberton');\n`,
    class: 'crash',
    message: 'The program stopped with “TypeError: client.gett is not a function”.',
    next: 'client.get(…)',
    line: 5,
  },
  {
    when: 'a function calls itself without end',
    text: `${client}const again = () => again() + 1;\nagain();\n`,
    class: 'crash',
    message: 'A function calls itself without end.',
  },
  {
    when: 'a listener is called instead of handed over',
    text: `${client}client.on('end', console.log('over'));\n`,
    class: 'crash',
    message: 'The listener should be a function; the call gets undefined.',
    line: 5,
  },
  {
    when: 'a name that is exported is imported as the default',
    text: `import report from './report.js';\n${client}report();\n`,
    beside: { 'report.js': 'export function report() {}\n' },
    class: 'missing-export',
    message: 'The import of “./report.js” finds no default export there.',
  },
  {
    when: 'the default is imported by a name',
    text: `import { report } from './report.js';\n${client}report();\n`,
    beside: { 'report.js': 'export default function report() {}\n' },
    class: 'missing-export',
    message: 'The module “./report.js” exports no function “report”.',
  },
  {
    when: 'a command has too few arguments',
    text: `${client}client.set('alone');\n`,
    class: 'wrong-command',
    message: /^Redis refused “SET alone”: “ERR wrong number of arguments for 'set' command”\.$/,
  },
  {
    when: 'a command is refused where nobody listens',
    lesson: 2,
    file: '1-redis_op',
    text: `import redis from 'redis';\nredis.createClient().set('alone');\n`,
    class: 'wrong-command',
    message: `Redis refused “SET alone”: “ERR wrong number of arguments for 'set' command”.`,
  },
  {
    when: 'a command comes after quit',
    lesson: 2,
    file: '1-redis_op',
    text: `import redis from 'redis';
import { promisify } from 'util';
const client = redis.createClient();
client.quit(() => promisify(client.get).bind(client)('Holberton'));
`,
    class: 'crash',
    message: 'A command was sent on a connection that had been closed.',
  },
  {
    when: 'the program exits in the middle',
    text: `${client}process.exit(3);\n`,
    class: 'crash',
    message: 'The program 0-redis_client ended with exit code 3.',
  },
  {
    when: 'a loop prints without end',
    text: `${client}const again = () => {
  for (let i = 0; i < 100; i += 1) console.log('again and again and again');
  setImmediate(again);
};
again();
`,
    class: 'output-limit',
    message: 'The program 0-redis_client printed far more than any task asks for and was stopped.',
  },
  {
    when: 'a loop never ends',
    text: `${client}for (let i = 0; i < 10; i -= 1);\n`,
    class: 'time-out',
    message: 'The program 0-redis_client was still busy when its time was over.',
  },
  {
    when: 'a connection keeps it from ending',
    lesson: 5,
    file: '5-subscriber',
    text: `${client}client.subscribe('holberton school channel');
client.on('message', (_, message) => {
  console.log(message);
  if (message === 'KILL_SERVER') client.unsubscribe();
});
`,
    class: 'did-not-exit',
    message: 'The program does not end after KILL_SERVER: its connection to Redis is still open.',
  },
  {
    when: 'a timer keeps it from ending',
    lesson: 5,
    file: '5-subscriber',
    text: `${client}client.subscribe('holberton school channel');
setInterval(() => {}, 1000);
client.on('message', (_, message) => {
  console.log(message);
  if (message !== 'KILL_SERVER') return;
  client.unsubscribe();
  client.quit();
});
`,
    class: 'did-not-exit',
    message: 'The program does not end after KILL_SERVER: a timer is still running.',
  },
  {
    when: 'it listens twice on one port',
    lesson: 12,
    file: '9-stock',
    text: `import express from 'express';
const app = express();
app.listen(1245);
app.listen(1245);
`,
    class: 'crash',
    message: 'The program listens on port 1245 twice.',
  },
  {
    when: 'the file is empty',
    text: ' \r\n\r\n',
    class: 'unreadable-file',
    message: 'The file 0-redis_client.js is empty.',
  },
  {
    when: 'the file holds nothing but comments',
    text: '// to do\n/* soon */\n',
    class: 'unreadable-file',
    message: 'The file 0-redis_client.js holds nothing but comments.',
  },
  {
    when: 'the file is no text',
    text: Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3]),
    class: 'unreadable-file',
    message: 'The file 0-redis_client.js is no text: there are zero bytes in it.',
  },
  {
    when: 'the file is UTF-16',
    text: Buffer.from(`\uFEFF${client}`, 'utf16le'),
    class: 'unreadable-file',
    message: 'The file 0-redis_client.js is saved as UTF-16; Node reads UTF-8.',
  },
  {
    when: 'a merge conflict is left in it',
    lesson: 2,
    file: '1-redis_op',
    text: `${client}<<<<<<< HEAD\nclient.set('a', 1);\n=======\nclient.set('a', 2);\n>>>>>>> mine\n`,
    class: 'syntax-error',
    message:
      '1-redis_op.js cannot be read in line 5: two versions of it stand there, with the marks of a merge conflict.',
    next: 'Keep one of the two',
    line: 5,
  },
  {
    when: 'the fences of Markdown were pasted with it',
    lesson: 2,
    file: '1-redis_op',
    text: `\`\`\`javascript\n${client}console.log(\`of \${client}\`);\n\`\`\`\n`,
    class: 'syntax-error',
    message: '1-redis_op.js cannot be read in line 1: a fence of Markdown stands there.',
    next: 'Delete that line',
    line: 1,
  },
  {
    when: 'they are the only backticks in it',
    lesson: 2,
    file: '1-redis_op',
    text: `\`\`\`javascript\n${client}\`\`\`\n`,
    class: 'syntax-error',
    message: 'The code stands between the fences of Markdown, two lines that begin with ```.',
    next: 'Delete those two lines',
  },
  {
    when: 'a word processor bent its quotes',
    lesson: 2,
    file: '1-redis_op',
    text: `${client}client.get(‘Holberton’);\n`,
    class: 'syntax-error',
    message: '1-redis_op.js cannot be read in line 5: the quote ‘ is a curly one.',
    next: 'straight',
    line: 5,
  },
  {
    when: 'a comma of another script was typed',
    lesson: 2,
    file: '1-redis_op',
    text: `${client}client.set('Holberton'，'School');\n`,
    class: 'syntax-error',
    message: '1-redis_op.js cannot be read in line 5: “，” is no code.',
    next: 'type anew',
    line: 5,
  },
];

const notifies = `(number, message) => {
  console.log('Sending notification to ' + number + ', with message: ' + message);
}`;

/** Texts that look odd and are right. */
const harmless: Pick<Failure, 'when' | 'lesson' | 'file' | 'text' | 'beside'>[] = [
  { when: 'a byte order mark', text: `\uFEFF${client}` },
  { when: 'line ends of Windows', text: client.replaceAll('\n', '\r\n') },
  { when: 'a line for the shell', text: `#!/usr/bin/env node\n${client}` },
  { when: 'blank lines printed', text: `console.log();\n${client}` },
  {
    when: 'a warning on standard error',
    text: `${client}process.emitWarning('old', 'DeprecationWarning');\n`,
  },
  {
    when: 'an end after the first error',
    text: client.replace(' + error)', ' + error) || process.exit(1)'),
  },
  { when: 'the whole error logged', text: client.replace(" ' + error)", " ', error)") },
  { when: 'quit() at its end', text: `${client}client.quit();\n` },
  {
    when: 'end(true) at its end',
    text: `${client}client.end(true);\n`.replace(
      'client.end',
      "client.on('ready', () => client.quit());\nif (0) client.end",
    ),
  },
  {
    when: 'a function in a file beside',
    lesson: 7,
    file: '6-job_processor',
    text: `import kue from 'kue';
import { sendNotification } from './notifications';
kue.createQueue().process('push_notification_code', ({ data }, done) => {
  sendNotification(data.phoneNumber, data.message);
  done();
});
`,
    beside: { 'notifications/index.js': `export const sendNotification = ${notifies};\n` },
  },
  {
    when: 'a function that gets its name where it is imported',
    lesson: 7,
    file: '6-job_processor',
    text: `import kue from 'kue';
import sendNotification from './notify.js';
kue.createQueue().process('push_notification_code', ({ data }, done) => {
  sendNotification(data.phoneNumber, data.message);
  done();
});
`,
    beside: { 'notify.js': `export default ${notifies};\n` },
  },
  {
    when: 'a function that is a field of a class',
    lesson: 7,
    file: '6-job_processor',
    text: `import kue from 'kue';
class Processor {
  sendNotification = ${notifies};
  static start = () => {
    const processor = new Processor();
    kue.createQueue().process('push_notification_code', ({ data }, done) => {
      processor.sendNotification(data.phoneNumber, data.message);
      done();
    });
  };
}
Processor.start();
`,
  },
];

const test = suite('failures');

const width = os.availableParallelism();

test.rows(
  failures,
  ({ when }) => when,
  async (row) => {
    const { finding } = await gradeOne(await findRedis({ offline: true, reaper }), row);
    assert.is(finding?.class, row.class, finding?.message);
    if (typeof row.message === 'string') assert.is(finding?.message, row.message);
    else assert.match(finding?.message ?? '', row.message);
    assert.ok(finding?.next, 'there is no next step');
    if (row.next !== undefined) assert.match(finding?.next ?? '', row.next);
    if (row.line !== undefined) assert.is(finding?.line, row.line);
  },
  { width },
);

test.rows(
  harmless,
  ({ when }) => `passes: ${when}`,
  async (row) => {
    const { finding } = await gradeOne(await findRedis({ offline: true, reaper }), row);
    assert.is(finding?.message, undefined);
  },
  { width },
);

test('a folder in place of a file, a missing file and an unreadable one are told apart', () =>
  withFolder(async (at) => {
    mkdirSync(path.join(at, '0-redis_client.js'));
    writeFileSync(path.join(at, '1-redis_op.js'), client);
    chmodSync(path.join(at, '1-redis_op.js'), 0o000);
    const graded = await gradeFolder(at, ['1', '2', '3'], { obeysPermissions: true });
    assert.equal(
      Object.values(graded).map((one) => `${one.verdict}: ${one.message}`),
      [
        'failed: 0-redis_client.js is a folder, not a file.',
        'failed: The file 1-redis_op.js cannot be read (EACCES).',
        'missing: There is no file 2-redis_op_async yet.',
      ],
    );
  }));

test.run();

async function gradeOne(
  redis: Awaited<ReturnType<typeof findRedis>>,
  row: Partial<Failure> & Pick<Failure, 'text'>,
): Promise<PartVerdict> {
  let part: PartVerdict | undefined;
  await withFolder(async (folder) => {
    const { lesson: number = 1, file: name = '0-redis_client' } = row;
    writeFileSync(path.join(folder, `${name}.js`), row.text);
    for (const [other, text] of Object.entries(row.beside ?? {})) {
      mkdirSync(path.dirname(path.join(folder, other)), { recursive: true });
      writeFileSync(path.join(folder, other), text);
    }
    const lesson = queuing.lessons.find((one) => one.number === number);
    if (!lesson) throw new Error(`no lesson ${number}`);
    const verdict = await graded({
      ...gradingTerms(queuing, lesson),
      files: { [name]: findFile(lesson, folder, name) ?? '' },
      folder,
      redis,
    });
    part = verdict.parts.find((one) => one.file === `${name}.js`);
  });
  if (!part) throw new Error('the check has no part for the file');
  return part;
}
