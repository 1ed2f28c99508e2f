import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { explainEnd } from '../../runner/grading/explain/crash';
import { findRedis } from '../../runner/redis/find';
import { compileProgram } from '../../runner/sandbox/process/compiled';
import { newMarker } from '../../runner/sandbox/process/marker';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { SignedLines } from '../../runner/sandbox/process/signed-lines';
import { sipHash } from '../../runner/sandbox/process/sip-hash';
import { spawnProgram } from '../../runner/sandbox/process/spawning';
import { Sandbox, type StartOptions } from '../../runner/sandbox/sandbox';
import { gradeText } from '../support/graded-text';
import { queuing } from '../support/queuing';
import { suite } from '../support/suite';

const test = suite('forged reports');

/*
 * A program shares its process with the side of the sandbox that reports on it. What it writes in
 * that side's place is not believed, and what it does to the builtins changes no report.
 */

const files = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'forged-test-')));
test.after(() => rmSync(files, { recursive: true, force: true }));

/** Runs a guarded program until it ends. */
async function runs(
  text: string,
  look: (program: Program) => unknown = () => {},
  options: Partial<StartOptions> = {},
): Promise<void> {
  const folder = mkdtempSync(path.join(files, 'scene-'));
  const file = path.join(folder, 'program.js');
  writeFileSync(file, text);
  const sandbox = await Sandbox.open(await findRedis({ reaper, offline: true }));
  try {
    const program = await sandbox.start({ name: 'program', file, ...options });
    await program.exited;
    await look(program);
  } finally {
    await sandbox.close();
  }
}

const linesOf = (program: Program) => program.output.map(({ text }) => text);

function expectForgery(program: Program): void {
  assert.equal(program.exit?.by, 'forgery', linesOf(program).join('\n'));
  const finding = explainEnd(program, queuing);
  assert.equal(finding?.class, 'forged-report');
  assert.match(String(finding.next), /\.$/);
}

/** Each event as a program may write it; `state` as the answer to a question that is yet to come. */
const events: Record<string, unknown> = {
  started: { event: 'started' },
  listening: { event: 'listening', asked: 1245, socket: 1 },
  connecting: { event: 'connecting' },
  error: { event: 'error', origin: 'uncaughtException', name: 'Error', message: 'none of mine' },
  moment: { event: 'moment', moment: { what: 'print', at: 1, text: 'early' } },
  state: {
    event: 'state',
    question: 1,
    state: {
      resources: [],
      timers: 0,
      waiting: 1,
      servers: 0,
      connections: 0,
      sent: 0,
      received: 0,
    },
  },
  told: { event: 'told', value: { tests: [] } },
};

for (const [name, event] of Object.entries(events)) {
  test(`“${name}” by the program itself is a forgery, and not heard`, () =>
    runs(
      `require('node:fs').writeSync(3, ${JSON.stringify(`${JSON.stringify(event)}\n`)});`,
      (program) => {
        expectForgery(program);
        assert.deepEqual(
          [program.servers.size, program.attempts, program.errors, program.moments, program.told],
          [0, 0, [], [], undefined],
        );
      },
    ));
}

test('a made-up code, whatever the number, is a forgery', () =>
  runs(
    `const fs = require('node:fs');
     for (let number = 0; number < 100; number += 1) {
       fs.writeSync(3, 'a'.repeat(16) + ' ' + number + ' {"event":"connecting"}\\n');
     }`,
    (program) => {
      expectForgery(program);
      assert.equal(program.attempts, 0);
    },
  ));

test('what is no event at all is no forgery, but it breaks the line', () =>
  runs("require('node:fs').writeSync(3, 'hello\\n'); setTimeout(() => {}, 60_000);", (program) => {
    assert.equal(program.exit?.by, 'channel');
    assert.equal(explainEnd(program, queuing)?.class, 'crash');
  }));

/** Notes every text that goes by what can be replaced, then has reports made, and writes them again. */
const replaceAll = `
const fs = require('node:fs');
const { writeSync } = fs;
const { apply } = Reflect;
const test = apply.bind(null, RegExp.prototype.test);
const noted = [];
const note = (value) => { if (typeof value === 'string' && /^[0-9a-f]{16} /.test(value)) noted.push(value); };
let inside = false;
function spy(owner, name) {
  const real = owner[name];
  if (typeof real !== 'function') return;
  owner[name] = function (...args) {
    if (!inside) {
      inside = true;
      try { note(this); for (const one of args) note(one); } finally { inside = false; }
    }
    return apply(real, this, args);
  };
}
spy(fs, 'writeSync'); spy(fs, 'write'); spy(JSON, 'stringify'); spy(Buffer, 'from'); spy(Buffer, 'byteLength');
for (const name of ['join', 'push', 'concat', 'map', 'reduce']) spy(Array.prototype, name);
for (const name of ['utf8Write', 'asciiWrite', 'latin1Write', 'write', 'toString', 'subarray', 'slice']) spy(Buffer.prototype, name);
for (const name of ['charCodeAt', 'slice', 'concat', 'toString', 'replace', 'padStart', 'split']) spy(String.prototype, name);
`;

test('builtins that are replaced see no report with its code, and change none', () =>
  runs(
    `${replaceAll}
     spy(Function.prototype, 'call'); spy(Function.prototype, 'bind');
     Object.prototype.toJSON = () => ({ event: 'started' });
     Array.prototype.toJSON = () => [];
     String.prototype.toJSON = () => 'x';
     Object.defineProperty(Object.prototype, 'event', { set() {}, get() { return 'started'; } });
     Object.prototype.polluted = 'yes';
     const server = require('node:net').createServer();
     server.listen(1245, () => server.close(() => {
       console.log(noted.length);
       require('node:net').connect(9, '127.0.0.1').on('error', () => {});
     }));`,
    (program) => {
      assert.deepEqual(program.exit, { code: 0, signal: null }, linesOf(program).join('\n'));
      assert.deepEqual(linesOf(program), ['0']);
      assert.deepEqual([...program.servers.keys()], [1245]);
      assert.deepEqual(program.elsewhere, [{ host: '127.0.0.1', port: 9 }]);
    },
  ));

test('a line is taken once, in its turn, and as it was signed', () => {
  const lines = new SignedLines();
  const key = new Uint32Array(new Uint8Array(lines.key).buffer);
  const signed = (number: number, text = '{"event":"connecting"}') =>
    `${sipHash(key, `${number} ${text}`)} ${number} ${text}`;
  assert.equal(lines.take(signed(2)), undefined, 'one is left out');
  assert.equal(lines.take(signed(1).replace('connecting', 'started')), undefined, 'changed');
  assert.equal(lines.take(signed(1)), '{"event":"connecting"}');
  assert.equal(lines.take(signed(1)), undefined, 'sent again');
  assert.equal(lines.take(signed(1).replace(' 1 ', ' 2 ')), undefined, 'with another number');
  assert.equal(lines.take(signed(2, '{}')), '{}');
  assert.equal(new SignedLines().take(signed(1)), undefined, 'of another program');
});

test('programs that put their own in the place of builtins, for reasons of their own, pass as before', () =>
  runs(
    `const fs = require('node:fs');
     const { stringify } = JSON;
     JSON.stringify = (value, ...more) => stringify(value, ...more) + '!';
     const { writeSync } = fs;
     fs.writeSync = (...args) => (console.log('writes'), writeSync(...args));
     String.prototype.shout = function () { return this.toUpperCase() + '!'; };
     Date.prototype.toJSON = () => 'today';
     console.log(JSON.stringify({ at: new Date() }), 'a'.shout());
     require('node:http').createServer().listen(0, function () { this.close(); });`,
    (program) => {
      assert.deepEqual(program.exit, { code: 0, signal: null });
      assert.deepEqual(linesOf(program), ['{"at":"today"}! A!']);
      assert.equal(explainEnd(program, queuing), undefined);
      assert.equal(program.servers.size, 1);
    },
  ));

test('letters beyond ASCII and halves of them come through whole', () =>
  runs("throw new Error('ü 漢 🎈 \\ud83c \\x7f');", ({ errors }) => {
    assert.equal(errors[0]?.message, 'ü 漢 🎈 \ud83c \x7f');
  }));

test('the environment tells nothing but the marker', () =>
  runs(
    `console.log(JSON.stringify([process.argv, process.execArgv, process.env,
       process.platform === 'linux' ? require('node:fs').readFileSync('/proc/self/environ', 'latin1') : '']));`,
    (program) => {
      const text = linesOf(program).join('');
      assert.doesNotMatch(text, /QUEUING_WORKBOOK_PROGRAM|fallbackModules|tap-1/);
      const [, , env] = JSON.parse(text);
      assert.ok(!Object.keys(env).some((name) => name.startsWith('QUEUING')));
    },
  ));

test(
  'the key is in no snapshot of the heap, no object that can be found there, and no freed memory',
  async () => {
    const key = Buffer.from('0f1e2d3c4b5a69788796a5b4c3d2e1f0', 'hex');
    const words = [0, 4, 8, 12].flatMap((at) => [
      String(key.readUInt32LE(at)),
      String(key.readInt32LE(at)),
    ]);
    const home = mkdtempSync(path.join(files, 'home-'));
    const main = path.join(home, 'seeker.js');
    writeFileSync(
      main,
      `const v8 = require('node:v8'), fs = require('node:fs'), { once } = require('node:events');
     const control = ['control', Number('1234567891')];
     const freed = Array.from({ length: 50 }, () => Buffer.allocUnsafeSlow(64 * 1024));
     fs.writeFileSync('${home}/freed', Buffer.concat([...freed, Buffer.from(Buffer.from('x').buffer)]));
     const found = [Uint32Array, ArrayBuffer].map((one) =>
       v8.queryObjects ? v8.queryObjects(one, { format: 'summary' }) : []);
     fs.writeFileSync('${home}/found', require('node:util').inspect(found, { depth: 5, maxArrayLength: 1e6 }));
     const file = fs.createWriteStream('${home}/snapshot');
     v8.getHeapSnapshot({ exposeNumericValues: true }).pipe(file);
     once(file, 'close').then(() => console.log(control.length));`,
    );
    const child = spawnProgram(
      { main, folder: home, args: [], memory: 256 * 1024 * 1024, isolation: 'guard', seen: [] },
      {
        main,
        redis: path.join(home, 'tap'),
        servers: path.join(home, 's'),
        kept: {},
        fallbackModules: path.resolve(__dirname, '../..'),
        replaced: {},
        lent: [],
        tools: [],
        reader: 'babel',
        // With the compiler in it, the heap takes long to look through.
        compiled: compileProgram(main, { reader: 'babel' }).files,
      },
      { home, folder: home, sockets: home },
      newMarker(),
      key,
    );
    child.stdout?.resume();
    child.stderr?.resume();
    await once(child, 'exit');
    const seen = (name: string) => readFileSync(path.join(home, name), 'latin1');
    assert.ok(seen('snapshot').includes('1234567891'), 'numbers are in the snapshot');
    const hexes = [key.toString('hex'), key.toString('hex').replace(/(..)(?!$)/g, '$1 ')];
    for (const one of [...words, ...hexes, key.toString('latin1'), key.toString('base64')]) {
      for (const name of ['snapshot', 'found', 'freed']) {
        assert.ok(!seen(name).includes(one), `${one} is in ${name}`);
      }
    }
  },
  { limit: 180_000 },
);

test('the inspector shows the program nothing of itself', () =>
  runs(
    `try { new (require('node:inspector').Session)().connect(); console.log('open'); }
     catch (error) { console.log(error.code); }`,
    (program) => assert.deepEqual(linesOf(program), ['ERR_ACCESS_DENIED']),
  ));

test('a file that would pass and forges besides fails, with a sentence and a next step', async () => {
  const worked = path.join(__dirname, '../../lessons/queuing/01-redis-client', '0-redis_client.ts');
  const right = readFileSync(worked, 'utf8');
  const forged = JSON.stringify(`${JSON.stringify(events.connecting)}\n`);
  const verdict = await gradeText(
    files,
    await findRedis({ reaper }),
    `${right}\nclient.on('connect', () => require('fs').writeSync(3, ${forged}));`,
  );
  assert.equal(verdict.finding?.class, 'forged-report', verdict.finding?.message);
  assert.match(verdict.finding.next, /descriptor 3/);
});

test.run();
