import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { explainEnd } from '../../runner/grading/explain/crash';
import { ProgramRun } from '../../runner/grading/program/program-run';
import { drainEventLoop } from '../../runner/redis/drain-event-loop';
import { findRedis } from '../../runner/redis/find';
import { RedisReplyError } from '../../runner/redis/protocol/resp';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { parsePs, parseTasklist } from '../../runner/sandbox/process/usage';
import { runPrograms } from '../../runner/sandbox/run';
import { Sandbox, type StartOptions } from '../../runner/sandbox/sandbox';
import { Request } from '../../runner/vocabulary/http/request';
import { ownTemporaryFolder } from '../support/leftovers';
import { queuing } from '../support/queuing';
import { suite } from '../support/suite';

const test = suite('sandbox');

/* What the sandbox promises of any program: it does not get out, and nothing of it is left. */

const files = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'sandbox-test-')));
const leftovers = ownTemporaryFolder();
const root = path.resolve(__dirname, '../..');

test.after(() => {
  leftovers.remove();
  rmSync(files, { recursive: true, force: true });
});

/** Longer than anything here takes on a slow machine, in ms. */
const patience = 60_000;

interface World {
  sandbox: Sandbox;
  /** Starts a program from its text. */
  start(text: string, options?: Partial<StartOptions> & { as?: string }): Promise<Program>;
  /** Waits for a line that it prints. */
  prints(program: Program, line: string | RegExp): Promise<string>;
}

/** Plays a scene, and looks that nothing of it is left: no process, no port, no file. */
async function scene(play: (world: World) => Promise<void>): Promise<void> {
  const source = await findRedis({ reaper });
  // What Node's guard would forbid is what is to be survived: guard.test.ts has it on.
  const sandbox = await Sandbox.open(source, { isolation: 'none' });
  const folder = mkdtempSync(path.join(files, 'scene-'));
  let count = 0;
  const servers: string[] = [];
  try {
    await play({
      sandbox,
      start(text, { as, ...options } = {}) {
        count += 1;
        const name = as ?? `program-${count}.js`;
        const file = path.join(folder, name);
        writeFileSync(file, text);
        return sandbox.start({ name: path.parse(name).name, file, ...options });
      },
      async prints(program, line) {
        const found = () =>
          program.output.find(({ text }) =>
            typeof line === 'string' ? text === line : line.test(text),
          );
        const over = () => found() !== undefined || program.exit !== undefined;
        await sandbox.journal.until(over, patience);
        const seen = found();
        const lines = program.output.map(({ text }) => text).join('\n');
        assert.ok(seen, `${line} in\n${lines}\n${JSON.stringify(program.exit ?? 'runs')}`);
        return seen.text;
      },
    });
    servers.push(...sandbox.programs.flatMap((program) => [...program.servers.values()]));
  } finally {
    await sandbox.close();
  }
  await leftovers.none(false);
  for (const server of servers) assert.equal(await answers(server), false, server);
}

function answers(path: string): Promise<boolean> {
  const socket = net.connect(path);
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}

async function classOf(program: Program): Promise<string | undefined> {
  await program.exited;
  return explainEnd(program, queuing)?.class;
}

// What breaks a limit.

test('a program that never ends is ended when its time is over', () =>
  scene(async ({ start }) => {
    const program = await start('setInterval(() => {}, 1000);', { limits: { time: 1500 } });
    assert.equal(await classOf(program), 'time-out');
  }));

test('one that is stuck in a loop is ended sooner, by the processor time that it burns', () =>
  scene(async ({ start }) => {
    const begin = performance.now();
    const program = await start('for (;;) {}', { limits: { time: 10 * patience, busy: 500 } });
    assert.equal(await classOf(program), 'time-out');
    assert.ok(performance.now() - begin < patience);
  }));

test('one that works hard and still answers is not', () =>
  scene(async ({ start, prints }) => {
    const program = await start(
      `const used = () => { const { user, system } = process.cpuUsage(); return user + system; };
       const work = (ms) => { const end = used() + ms * 1000; while (used() < end); };
       let turns = 0;
       const turn = () => { work(50); (turns += 1) < 60 ? setImmediate(turn) : console.log('done'); };
       turn();`,
      { limits: { time: 10 * patience, busy: 500 } },
    );
    await prints(program, 'done');
    assert.equal(await classOf(program), undefined);
  }));

test('nobody waits for the answer of a stuck program once the signal comes', () =>
  scene(async ({ sandbox, start, prints }) => {
    const program = await start('console.log("in"); for (;;) {}');
    await prints(program, 'in');
    const signal = AbortSignal.timeout(50);
    const running = new ProgramRun(sandbox, program, queuing, signal);
    const begin = performance.now();
    assert.equal(await running.waitForIdle(0, patience), false);
    assert.equal(await running.waitUntil(() => false, { timers: 0 }), false);
    assert.equal(await program.state({ signal }), undefined);
    assert.equal(await program.state({ limit: 10 }), undefined);
    assert.ok(performance.now() - begin < 3000);
    assert.equal(program.exit, undefined);
  }));

test('a sandbox whose signal comes kills its programs at once and starts no more', async () => {
  const shutdown = new AbortController();
  const sandbox = await Sandbox.open(await findRedis({ reaper }), {
    signal: shutdown.signal,
  });
  const file = path.join(files, 'stuck.js');
  writeFileSync(file, "process.on('SIGTERM', () => {}); for (;;) {}");
  const program = await sandbox.start({ name: 'stuck', file });
  shutdown.abort(new Error('enough'));
  assert.equal((await program.exited).by, 'stop');
  await assert.rejects(sandbox.start({ name: 'late', file }), /enough/);
  await sandbox.close();
  await leftovers.none(false);
});

test('children that ignore TERM end with their program', () =>
  scene(async ({ start, prints }) => {
    const program = await start(
      `const { spawn } = require('node:child_process');
       const deaf = "process.on('SIGTERM', () => {}); console.log('deaf'); setInterval(() => {}, 1000);";
       for (let i = 0; i < 3; i += 1) spawn(process.execPath, ['-e', deaf], { stdio: 'inherit' });
       setInterval(() => {}, 1000);`,
    );
    await prints(program, 'deaf');
    await program.stop();
    assert.equal(await classOf(program), undefined);
  }));

test('children that their program leaves behind end with it', () =>
  scene(async ({ start }) => {
    const program = await start(
      `require('node:child_process').spawn('sleep', ['1000'], { stdio: 'inherit' });
       process.exit(3);`,
    );
    assert.equal(await classOf(program), 'crash');
    assert.match(explainEnd(program, queuing)?.message ?? '', /exit code 3/);
  }));

test('of 100 MB printed, a megabyte is kept', () =>
  scene(async ({ start }) => {
    const program = await start(
      `const line = 'x'.repeat(1023) + '\\n';
       for (let i = 0; i < 100 * 1024; i += 1) process.stdout.write(line);`,
    );
    assert.equal(await classOf(program), 'output-limit');
    assert.equal(program.output.length, 1024);
  }));

test('a heap that grows without end', () =>
  scene(async ({ start }) => {
    const program = await start(
      'const all = []; for (;;) all.push(Array.from({ length: 10_000 }, Math.random));',
      { limits: { memory: 64 * 1024 * 1024 } },
    );
    assert.equal(await classOf(program), 'memory-limit');
  }));

if (process.platform !== 'win32') {
  test('buffers outside of the heap that grow without end', () =>
    scene(async ({ start }) => {
      const program = await start(
        'const all = []; for (;;) all.push(Buffer.alloc(1024 * 1024, 1));',
        {
          limits: { memory: 64 * 1024 * 1024 },
        },
      );
      assert.equal(await classOf(program), 'memory-limit');
    }));
}

test('commands without end', () =>
  scene(async ({ start }) => {
    const program = await start(
      `const client = require('redis').createClient();
       const more = () => { for (let i = 0; i < 100; i += 1) client.set('a', i); client.get('a', more); };
       more();`,
      { limits: { commands: 2000 } },
    );
    assert.equal(await classOf(program), 'output-limit');
    assert.match(explainEnd(program, queuing)?.message ?? '', /more commands/);
  }));

test('a program that crashes at once, with the line where it does', () =>
  scene(async ({ start }) => {
    const program = await start(
      `interface Some { thing: string; }

       type Other = Some[];
       const none: Other = [];
       console.log(none[0].thing);`,
      { as: 'crash.ts' },
    );
    assert.equal(await classOf(program), 'crash');
    assert.equal(explainEnd(program, queuing)?.line, 5);
  }));

test('an error in a file that a package loads, as those that run tests do, is told by its own line', () =>
  scene(async ({ start }) => {
    const puller = path.join(files, 'node_modules', 'puller');
    mkdirSync(puller, { recursive: true });
    writeFileSync(path.join(puller, 'index.js'), 'exports.pull = (file) => require(file);');
    writeFileSync(path.join(puller, 'now.js'), 'require(process.argv[2]);');
    const part = path.join(files, 'part.ts');
    writeFileSync(part, 'interface Some { thing: string; }\n\ntype Other = Some[];\nlost();\n');
    const whole = "import { pull } from 'puller';\npull(process.argv[2]);";
    for (const text of [whole, "import 'puller/now';"]) {
      const program = await start(text, { args: [part] });
      await program.exited;
      assert.match(program.errors[0]?.stack ?? '', /part\.ts:4:1/);
    }
  }));

// When the runner itself ends.

/**
 * A runner with a program that goes on for ever, in a process of its own.
 * @param killedAfter it kills itself after so many folders that it makes and processes that it starts
 */
async function runner(embedded: boolean, killedAfter = 0) {
  const script = path.join(files, 'runner.cjs');
  const program = path.join(files, 'endless.js');
  writeFileSync(
    program,
    `const { spawn } = require('node:child_process');
     const deaf = "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000);";
     spawn(process.execPath, ['-e', deaf], { stdio: 'ignore' });
     spawn(process.execPath, ['-e', deaf], { stdio: 'ignore', detached: true, env: {} }).unref();
     require('redis').createClient().set('a', 1, () => console.log('ready'));`,
  );
  writeFileSync(
    script,
    `require(${JSON.stringify(path.join(root, 'runner/hook.cjs'))});
     let calls = 0;
     for (const [owner, name] of ${JSON.stringify(starting)}) {
       const module = require(owner);
       const call = module[name];
       module[name] = (...words) => {
         const result = call(...words);
         calls += 1;
         if (calls === ${killedAfter}) process.kill(process.pid, 'SIGKILL');
         return result;
       };
     }
     const load = (name) => require(${JSON.stringify(path.join(root, 'runner'))} + '/' + name);
     (async () => {
       const { reaper } = load('sandbox/process/reaper');
       const source = await load('redis/find').findRedis({ reaper, offline: ${embedded} });
       const sandbox = await load('sandbox/sandbox').Sandbox.open(source, { isolation: 'none' });
       const program = await sandbox.start({ name: 'endless', file: ${JSON.stringify(program)} });
       await sandbox.journal.until(() => program.output.length > 0, ${patience});
       console.log('ready');
     })();`,
  );
  const child = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const ready = await Promise.race([once(child.stdout, 'data'), ended.then(() => undefined)]);
  return { child, ended, ready: ready !== undefined };
}

/** What leaves something behind it, by module. */
const starting = [
  ['node:fs', 'mkdirSync'],
  ['node:fs', 'mkdtempSync'],
  ['node:child_process', 'spawn'],
];

for (const embedded of [false, true]) {
  test(`a runner that is killed leaves nothing${embedded ? ' of an embedded Redis' : ''}`, async () => {
    const { child, ended } = await runner(embedded);
    if (process.platform === 'linux') assert.ok(leftovers.processes(false).length >= 3);
    assert.ok(leftovers.files.length > 0);
    child.kill('SIGKILL');
    await ended;
    await leftovers.none(false);
  });

  test(`nor where it is killed while it starts${embedded ? ' an embedded Redis' : ''}`, async () => {
    let killedAfter = 0;
    let ready = false;
    while (!ready) {
      killedAfter += 1;
      const run = await runner(embedded, killedAfter);
      ready = run.ready;
      run.child.kill('SIGKILL');
      await run.ended;
      await leftovers.none(false);
    }
    // The sandbox's folder, the reaper, Redis (its folder, its process), the program.
    assert.ok(killedAfter > (embedded ? 4 : 5), String(killedAfter));
  });
}

test('Ctrl-C in the middle of a check leaves nothing, and is told by the exit code', async () => {
  const folder = path.join(files, 'dir');
  const sign = path.join(files, 'sign');
  mkdirSync(folder);
  writeFileSync(
    path.join(folder, '0-redis_client.js'),
    `import redis from 'redis';
     process.on('SIGINT', () => {}); process.on('SIGTERM', () => {});
     require('node:net').connect(${JSON.stringify(sign)});
     redis.createClient().on('connect', () => { for (;;) {} });`,
  );
  const reached = net.createServer().listen(sign);
  const child = spawn(
    process.execPath,
    // Behind walls no program reaches the socket by which it tells this test where it is.
    [path.join(root, 'runner/start.cjs'), 'check', '1', '--dir', folder, '--isolation', 'guard'],
    { stdio: 'ignore' },
  );
  const [socket] = await once(reached, 'connection');
  socket.on('error', () => {});
  child.kill('SIGINT');
  assert.deepEqual(await once(child, 'exit'), [130, null]);
  reached.close();
  await leftovers.none(false);
});

// Ports, as the program sees them.

test('6379 leads to the Redis of the check, in all that the program is told', () =>
  scene(async ({ sandbox, start, prints }) => {
    const program = await start(
      `const net = require('node:net');
       const socket = net.connect(6379, () => {
         console.log(socket.remoteAddress + ' ' + socket.remotePort + ' ' + socket.remoteFamily);
         socket.end('SET from tap\\r\\n');
       });
       require('redis').createClient({ host: 'localhost' }).get('from', () => console.log('asked'));`,
    );
    await prints(program, '127.0.0.1 6379 IPv4');
    await prints(program, 'asked');
    assert.equal(String(await sandbox.connection.send('GET', 'from')), 'tap');
    assert.equal(program.attempts, 2);
  }));

test('a Redis that is down is refused on 127.0.0.1:6379, until it takes connections again', () =>
  scene(async ({ start, prints }) => {
    const program = await start(
      `const client = require('redis').createClient({ retry_strategy: () => 20 });
       const socket = require('node:net').connect({ port: '6379', host: '::1' });
       socket.on('error', (error) => console.log(error.message, error.code, error.port, error.syscall));
       client.on('connect', () => console.log('up'));`,
      { redisDown: true },
    );
    await prints(program, 'connect ECONNREFUSED 127.0.0.1:6379 ECONNREFUSED 6379 connect');
    await program.tap.accept();
    await prints(program, 'up');
  }));

test('the real client words a refusal as it does elsewhere', () =>
  scene(async ({ start, prints }) => {
    const program = await start(
      "require('redis').createClient().on('error', (error) => console.log(String(error)));",
      { redisDown: true },
    );
    const text = 'Redis connection to 127.0.0.1:6379 failed - connect ECONNREFUSED 127.0.0.1:6379';
    await prints(program, `Error: ${text}`);
  }));

test('two programs listen on 1245 side by side, each at its own', () =>
  scene(async ({ sandbox, start, prints }) => {
    const text = (word: string) =>
      `const http = require('node:http');
       const server = http.createServer((_, response) => response.end('${word}'));
       server.listen(1245, () => {
         console.log('at ' + server.address().port);
         http.get('http://localhost:1245/', (answer) => answer.on('data', (body) => console.log('' + body)));
       });`;
    const programs = [await start(text('one')), await start(text('two'))];
    for (const [at, word] of ['one', 'two'].entries()) {
      const program = programs[at] as Program;
      await prints(program, 'at 1245');
      await prints(program, word);
      const to = { name: word, port: 1245, socket: program.servers.get(1245) };
      const answer = await new Request(sandbox.journal, to, '/', patience).answer;
      assert.equal(answer instanceof Error ? answer.message : answer.body, word);
    }
  }));

test('who listens twice on one port is told so, and may again once it is free', () =>
  scene(async ({ start, prints }) => {
    const program = await start(
      `const net = require('node:net');
       const first = net.createServer().listen(1245, () => {
         net.createServer().listen({ port: 1245 }).on('error', (error) => {
           console.log(error.message, error.code);
           first.close(() => net.createServer().listen('1245', () => console.log('again')));
         });
       });`,
    );
    await prints(program, 'listen EADDRINUSE: address already in use :::1245 EADDRINUSE');
    await prints(program, 'again');
    const unheard = await start(
      "for (const _ of 'ab') require('node:net').createServer().listen(1245);",
    );
    await unheard.exited;
    assert.match(explainEnd(unheard, queuing)?.message ?? '', /listens on port 1245 twice/);
  }));

test('other ports of this machine are refused: they belong to somebody else', () =>
  scene(async ({ start, prints }) => {
    const own = net.createServer(() => assert.fail('reached')).listen(0, '127.0.0.1');
    await once(own, 'listening');
    const { port } = own.address() as net.AddressInfo;
    const program = await start(
      `require('node:net').connect(${port}).on('error', (error) => console.log(error.message));`,
    );
    await prints(program, `connect ECONNREFUSED 127.0.0.1:${port}`);
    assert.deepEqual(program.elsewhere, [{ host: '', port }]);
    own.close();
  }));

test('what is no port is for Node to complain of', () =>
  scene(async ({ start, prints }) => {
    const program = await start(
      `const net = require('node:net');
       for (const act of [() => net.connect(70000), () => net.createServer().listen(-1)]) {
         try { act(); } catch (error) { console.log(error.code); }
       }`,
    );
    await program.exited;
    assert.deepEqual(
      program.output.map(({ text }) => text),
      ['ERR_SOCKET_BAD_PORT', 'ERR_SOCKET_BAD_PORT'],
    );
    void prints;
  }));

// The tap.

test('the tap passes every byte on as it is, and reads commands, replies and pushes', () =>
  scene(async ({ sandbox, start, prints }) => {
    const program = await start(
      `const net = require('node:net');
       const value = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
       const request = (...words) => Buffer.concat([Buffer.from('*' + words.length + '\\r\\n'),
         ...words.flatMap((word) => [Buffer.from('$' + word.length + '\\r\\n'), Buffer.from(word), Buffer.from('\\r\\n')])]);
       const bytes = Buffer.concat([request('set', 'k', value), request('GET', 'k'), request('HSET', 'k', 'a', 'b'),
         request('SUBSCRIBE', 'one', 'two'), request('PING')]);
       const socket = net.connect(6379);
       let at = 0;
       const next = () => { if (at < bytes.length) socket.write(bytes.subarray(at, at += 7), next); };
       next();
       const got = [];
       socket.on('data', (chunk) => { got.push(chunk); console.log(Buffer.concat(got).toString('base64')); });`,
      { as: 'bytes.js' },
    );
    const value = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1');
    const confirmation = (channel: string, count: number) =>
      `*3\r\n$9\r\nsubscribe\r\n$3\r\n${channel}\r\n:${count}\r\n`;
    const expected = [
      `+OK\r\n$256\r\n${value}\r\n`,
      '-WRONGTYPE Operation against a key holding the wrong kind of value\r\n',
      confirmation('one', 1) + confirmation('two', 2),
      '*2\r\n$4\r\npong\r\n$0\r\n\r\n',
    ].join('');
    const base64 = (text: string) => Buffer.from(text, 'latin1').toString('base64');
    await prints(program, base64(expected));
    await sandbox.connection.send('PUBLISH', 'two', 'hello');
    const push = '*3\r\n$7\r\nmessage\r\n$3\r\ntwo\r\n$5\r\nhello\r\n';
    await prints(program, base64(expected + push));

    const commands = sandbox.journal.commands('bytes');
    assert.deepEqual(
      commands.map(({ words }) => words[0]),
      ['SET', 'GET', 'HSET', 'SUBSCRIBE', 'PING'],
    );
    assert.ok(commands.every(({ at, repliedAt = 0 }) => repliedAt >= at));
    assert.ok(commands[2]?.reply instanceof RedisReplyError);
    assert.deepEqual(
      sandbox.journal.wire.filter(({ kind }) => kind === 'push').map(({ reply }) => String(reply)),
      ['message,two,hello'],
    );
    assert.equal(program.tap.unanswered, 0);
  }));

test('a tap that cuts ends connections and takes new ones; one that refuses does not', () =>
  scene(async ({ sandbox, start, prints }) => {
    const program = await start(
      `const client = require('redis').createClient({ retry_strategy: () => 20 });
       client.on('ready', () => console.log('connected')).on('error', () => {});`,
    );
    const times = async (line: string, count: number) => {
      const found = () => program.output.filter(({ text }) => text === line).length === count;
      await sandbox.journal.until(() => found() || program.exit !== undefined, patience);
      return found();
    };
    await prints(program, 'connected');
    program.tap.cut();
    assert.ok(await times('connected', 2));
    program.tap.refuse();
    const attempts = program.attempts;
    assert.ok(await sandbox.journal.until(() => program.attempts > attempts + 2, patience));
    assert.equal(program.tap.open, 0);
    await program.tap.accept();
    assert.ok(await times('connected', 3));
  }));

test('a tap keeps back what a program sends, and lets it through step by step', () =>
  scene(async ({ sandbox, start, prints }) => {
    const program = await start(
      `const client = require('redis').createClient();
       client.on('ready', () => {
         console.log('connected');
         setTimeout(() => client.set('a', '1', () => client.get('a', (_, value) => console.log('a is ' + value))), 1);
       });`,
    );
    program.tap.keepBack();
    const heldUp = async () => {
      while (program.tap.kept === 0 || !(await program.isHeldUp())) await drainEventLoop();
      return sandbox.journal.commands(program.name).map(({ words }) => words.join(' '));
    };
    assert.deepEqual(await heldUp(), []);
    let words: string[] = [];
    while (!words.includes('SET a 1')) {
      program.tap.letThrough();
      words = await heldUp();
    }
    assert.ok(!words.includes('GET a'));
    assert.equal(await sandbox.connection.send('GET', 'a').then(String), '1');
    assert.ok(!(await program.waitForIdle(0)));
    program.tap.keepNothing();
    assert.equal(program.tap.kept, 0);
    await prints(program, 'a is 1');
  }));

// Rest.

test('a program that only waits is quiet; one with a timer, a reply to come or work is not', () =>
  scene(async ({ sandbox, start, prints }) => {
    const rests = async (program: Program, timers = 0) => {
      await prints(program, 'in');
      return new ProgramRun(sandbox, program, queuing).waitForIdle(timers, 1000);
    };
    const client = "const client = require('redis').createClient();";
    const at = (event: string) => `${client} client.on('${event}', () => console.log('in'));`;
    assert.equal(await rests(await start(at('ready'))), true);
    const ticking = await start(`${at('ready')} setInterval(() => {}, 10_000);`);
    assert.equal(await rests(ticking), false);
    assert.equal(await rests(ticking, 1), true);
    const worker = await start(`${client} client.brpop('list', 0, () => console.log('popped'));
       client.duplicate().on('ready', () => console.log('in'));`);
    assert.equal(await rests(worker), true);
    await sandbox.connection.send('LPUSH', 'list', 'one');
    await prints(worker, 'popped');
    const busy = await start("console.log('in'); const turn = () => setImmediate(turn); turn();");
    assert.equal(await rests(busy), false);
  }));

test('what was on its way over a connection that broke off is not waited for', () =>
  scene(async ({ sandbox, start, prints }) => {
    const program = await start(
      `const client = require('redis').createClient();
       const other = require('net').connect(6379);
       const long = 'x'.repeat(1_000_000);
       other.write('*2\\r\\n$4\\r\\nECHO\\r\\n$' + long.length + '\\r\\n' + long + '\\r\\n');
       // Of the reply no more is read than fits into the socket's buffer.
       other.once('readable', () => other.destroy());
       other.once('close', () => console.log('in'));`,
    );
    await prints(program, 'in');
    assert.equal(await new ProgramRun(sandbox, program, queuing).waitForIdle(0, 5000), true);
  }));

test('a run with a program that is stuck in a loop ends when the signal comes', async () => {
  const file = path.join(files, 'stuck.js');
  writeFileSync(file, "console.log('in'); for (;;);\n");
  const cancel = new AbortController();
  const running = runPrograms({
    programs: [{ name: 'stuck', file }],
    redis: await findRedis({ offline: true, reaper }),
    isolation: 'none',
    signal: cancel.signal,
    onOutput: () => cancel.abort(),
  });
  const tooLong = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('the run goes on')), patience).unref();
  });
  const [exit] = await Promise.race([running, tooLong]);
  assert.equal(exit?.by, 'stop');
});

// Modules.

test('modules come from the own folder first, then from the workbook; x.js may be x.ts', () =>
  scene(async ({ start, prints }) => {
    const home = mkdtempSync(path.join(files, 'modules-'));
    mkdirSync(path.join(home, 'node_modules/express'), { recursive: true });
    writeFileSync(path.join(home, 'node_modules/express/index.js'), "module.exports = 'own';");
    writeFileSync(path.join(home, 'part.ts'), "export const part: string = 'typed';");
    const file = path.join(home, 'main.js');
    const text = `import express from 'express'; import redis from 'redis'; import { part } from './part.js';
      console.log(express, typeof redis.createClient, part);
      import('./nowhere').catch((error) => console.log(error.code));`;
    writeFileSync(file, text);
    const program = await start('', { file });
    await prints(program, 'own function typed');
    await prints(program, 'MODULE_NOT_FOUND');
  }));

test('the environment of a program holds nothing of the sandbox', () =>
  scene(async ({ start, prints }) => {
    process.env.SECRET_OF_THE_USER = 'x';
    const program = await start(
      'console.log(Object.keys(process.env).filter((name) => !/^(PATH|HOME|LANG|LC_ALL|TZ|TMPDIR|TEMP|TMP|SystemRoot|PATHEXT)$/i.test(name)).join());',
    );
    delete process.env.SECRET_OF_THE_USER;
    await prints(program, '');
  }));

// What other systems tell.

test('memory and processor time are read from ps and from tasklist', () => {
  assert.deepEqual(parsePs(' 51232   0:01.23\n'), { resident: 51232 * 1024, cpu: 1230 });
  assert.deepEqual(parsePs('  1024 1-02:03:04'), { resident: 1024 * 1024, cpu: 93_784_000 });
  assert.equal(parsePs(''), undefined);
  const line = '"node.exe","42","Console","1","51.232 K","Running","PC\\me","0:01:05","N/A"\r\n';
  assert.deepEqual(parseTasklist(line), { resident: 51232 * 1024, cpu: 65_000 });
  assert.equal(parseTasklist('INFO: No tasks are running'), undefined);
});

test.run();
