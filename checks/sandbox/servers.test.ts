import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { findRedis } from '../../runner/redis/find';
import type { Program } from '../../runner/sandbox/process/program';
import { reaper } from '../../runner/sandbox/process/reaper';
import { runPrograms } from '../../runner/sandbox/run';
import { Sandbox } from '../../runner/sandbox/sandbox';
import { connectToServer } from '../../runner/sandbox/server-connection';
import { Request } from '../../runner/vocabulary/http/request';
import { suite } from '../support/suite';

/* Servers of programs listen on Unix sockets, and what the programs see of it is what bare node shows. */

const test = suite('servers', { limit: 120_000 });
const folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'servers-test-')));

test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Longer than anything here takes on a slow machine, in ms. */
const patience = 60_000;

/** Says all that it can find out of its servers, on the port that it is given. */
const probe = `
const { once } = require('node:events');
const http = require('node:http');
const net = require('node:net');
const express = require(process.argv[3]);
const port = Number(process.argv[2]);
const say = (...words) => console.log(...words.map((word) => JSON.stringify(word) ?? 'undefined'));
const isPlausible = (number) => Number.isInteger(number) && number > 1023 && number !== port;
const ends = (socket) => [
  socket.remoteAddress, socket.remoteFamily, isPlausible(socket.remotePort), socket.remotePort === port,
  socket.localAddress, isPlausible(socket.localPort), socket.localPort === port,
  Object.keys(socket.address()), socket.address().family,
];

async function listens(name, server, ...where) {
  const order = [];
  server.on('listening', () => order.push('event'));
  const returned = server.listen(...where, () => order.push('callback'));
  say(name, returned === server, server.address(), server.listening);
  if (!server.listening) await once(server, 'listening');
  await new Promise(setImmediate);
  say(order, server.address(), server.listening, server.listenerCount('listening'));
}

async function closes(server) {
  server.close();
  say(server.address(), server.listening);
  await once(server, 'close');
}

async function asks(host) {
  const request = http.get({ host, port, agent: false });
  const [answer] = await once(request, 'response');
  let body = '';
  for await (const chunk of answer) body += chunk;
  say('client', answer.statusCode, body, ends(request.socket).slice(0, 4));
}

async function main() {
  const seen = [];
  const page = (request, response) => {
    seen.push(ends(request.socket), request.headers.host.replace(/\\d+/, 'PORT'));
    response.end('page');
  };
  const refused = (error) => say(error.code, error.syscall, error.port === port, error.address, error.message.replaceAll(port, 'PORT'));
  for (const host of JSON.parse(process.argv[4])) {
    const server = http.createServer(page);
    await listens(host, server, ...(host === null ? [port] : [port, host]));
    await asks('127.0.0.1');
    say(seen.splice(0));
    const other = net.createServer();
    other.listen(port, ...(host === null ? [] : [host]));
    refused((await once(other, 'error'))[0]);
    try { server.listen(port); } catch (error) { say(error.code); }
    await closes(server);
  }
  const again = http.createServer(page);
  await listens('object', again, { port, host: '127.0.0.1', backlog: 5 });
  again.close();
  again.listen(String(port));
  say('at once', again.address());
  await once(again, 'listening');
  await closes(again);

  const app = express();
  app.get('/', (request, response) => response.send(request.ip.replace('::ffff:', '') + ' ' + request.hostname));
  const server = app.listen(port);
  await once(server, 'listening');
  await asks('127.0.0.1');
  const answer = await fetch('http://localhost:' + port);
  say(answer.status, (await answer.text()).replace('::1', '127.0.0.1'));
  const kept = new http.Agent({ keepAlive: true });
  http.get({ host: '127.0.0.1', port, agent: kept }, (one) => one.resume().on('end', () => say('kept')));
  await once(kept, 'free');
  const gone = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await gone;
  refused((await once(http.get({ host: '127.0.0.1', port }), 'error'))[0]);

  const echo = net.createServer({ allowHalfOpen: true }, (socket) => {
    seen.push(ends(socket));
    socket.on('end', () => socket.end('and end')).resume();
  });
  await listens('net', echo, { port, host: '127.0.0.1' });
  const socket = net.connect({ port, host: '127.0.0.1' });
  say('connecting', socket.connecting, socket.remoteAddress);
  await once(socket, 'connect');
  say(ends(socket), seen.splice(0).length);
  socket.end('text');
  say(String((await once(socket, 'data'))[0]));
  await once(socket, 'close');
  say(socket.remoteAddress, socket.localAddress, socket.address(), seen.splice(0));
  await closes(echo);

  const free = [net.createServer().listen(0), net.createServer().listen()];
  say(free.map((one) => isPlausible(one.address().port)), free[0].address().port !== free[1].address().port);
  for (const one of free) one.close();
  for (const wrong of [-1, 70000, 'x:y', {}]) {
    try { net.createServer().listen(wrong).on('error', (error) => say(error.code)).close(); } catch (error) { say(error.code); }
  }
  const cancel = new AbortController();
  const stopped = net.createServer().listen({ port, signal: cancel.signal });
  await once(stopped, 'listening');
  cancel.abort();
  await once(stopped, 'close');
  say('stopped');
}
main().catch((error) => say(String(error.stack)));
`;

test('what a program sees of its servers is what it sees in bare node', async () => {
  const file = path.join(folder, 'probe.js');
  writeFileSync(file, probe);
  const hosts = [null, '127.0.0.1', '0.0.0.0', '::', ...((await isFirst4()) ? ['localhost'] : [])];
  const usable = (await hasIpv6()) ? hosts : hosts.filter((host) => host !== null && host !== '::');
  const args = [String(await unusedPort()), require.resolve('express'), JSON.stringify(usable)];
  const bare = await linesOfBare(file, args);
  const sandbox = await Sandbox.open(await findRedis({ offline: true, reaper }));
  try {
    const program = await sandbox.start({ name: 'probe', file, args });
    await program.exited;
    assert.deepEqual(linesOf(program), bare);
    assert.ok(bare.includes('"stopped"'), bare.join('\n'));
    // What it has closed has left nothing.
    assert.deepEqual(socketsIn(sandbox.folder), []);
  } finally {
    await sandbox.close();
  }
});

const page = `
const http = require('node:http');
http.createServer((_, response) => response.end('page')).listen(1245, () => console.log('listens'));
`;

test('more requests at once than wait for a server are all answered', () =>
  scene(async (sandbox, start) => {
    const program = await start(
      `${page} process.once('SIGUSR2', () => { const end = Date.now() + 500; while (Date.now() < end); });`,
    );
    assert.ok(await sandbox.journal.until(() => program.servers.has(1245), patience));
    process.kill(program.pid ?? 0, 'SIGUSR2');
    const to = { name: 'program', port: 1245, socket: program.servers.get(1245) };
    const asked = Array.from(
      { length: 5000 },
      () => new Request(sandbox.journal, to, '/', patience).answer,
    );
    const answers = await Promise.all(asked);
    const wrong = answers.filter((answer) => answer instanceof Error || answer.body !== 'page');
    assert.deepEqual(wrong, []);
  }));

test('a connection by TLS is refused: neither Redis nor anything of this machine speaks it', () =>
  scene(async (_, start) => {
    const program = await start(
      `for (const port of [6379, 4433])
         require('node:tls').connect(port, '127.0.0.1').on('error', ({ message }) => console.log(message));`,
    );
    await program.exited;
    assert.deepEqual(linesOf(program), [
      'connect ECONNREFUSED 127.0.0.1:6379',
      'connect ECONNREFUSED 127.0.0.1:4433',
    ]);
  }));

test('a program names no socket of its own, and one that has closed is not asked', () =>
  scene(async (sandbox, start) => {
    const program = await start(
      `require('node:fs').writeSync(3, JSON.stringify({ event: 'listening', asked: 1245, socket: '/tmp/s' }) + '\\n');
       console.log('written');`,
    );
    await program.exited;
    assert.equal(program.servers.size, 0);
    const closed = await start(
      "const server = require('node:net').createServer().listen(1245, () => server.close());",
    );
    await closed.exited;
    const socket = closed.servers.get(1245);
    assert.equal(socket !== undefined && existsSync(socket), false);
    const to = { name: 'program', port: 1245, socket };
    const answer = await new Request(sandbox.journal, to, '/', patience).answer;
    assert.match(String(answer), /nothing listens on port 1245 any more/);
  }));

test('a link in the place of a socket is not followed', async () => {
  const [socket, link] = [path.join(folder, 'theirs'), path.join(folder, 'link')];
  const server = net.createServer().listen(socket);
  await once(server, 'listening');
  symlinkSync(socket, link);
  const { signal } = new AbortController();
  await assert.rejects(connectToServer(link, { signal }), /is no socket/);
  const connection = await connectToServer(socket, { signal });
  connection.destroy();
  server.close();
});

test('a run offers the port that the program asks for, or where that is taken another', async () => {
  const port = await unusedPort();
  const file = path.join(folder, 'run.js');
  writeFileSync(file, page.replaceAll('1245', String(port)));
  const stop = new AbortController();
  const reached: [asked: number, port: number, body: string][] = [];
  await runPrograms({
    programs: [
      { name: 'one', file },
      { name: 'two', file },
    ],
    redis: await findRedis({ offline: true, reaper }),
    isolation: 'none',
    signal: AbortSignal.any([stop.signal, AbortSignal.timeout(patience)]),
    onOutput: () => {},
    async onListening(asked, real) {
      const answer = await fetch(`http://127.0.0.1:${real}/`);
      reached.push([asked, real, await answer.text()]);
      if (reached.length === 2) stop.abort();
    },
  });
  assert.deepEqual(
    reached.map(([asked, , body]) => [asked, body]),
    [
      [port, 'page'],
      [port, 'page'],
    ],
  );
  assert.equal(reached.filter(([asked, real]) => asked === real).length, 1);
  for (const [, real] of reached) await assert.rejects(fetch(`http://127.0.0.1:${real}/`));
});

async function scene(
  play: (sandbox: Sandbox, start: (text: string) => Promise<Program>) => Promise<void>,
): Promise<void> {
  const sandbox = await Sandbox.open(await findRedis({ offline: true, reaper }));
  const file = path.join(folder, 'program.js');
  try {
    await play(sandbox, (text) => {
      writeFileSync(file, text);
      return sandbox.start({ name: 'program', file });
    });
  } finally {
    await sandbox.close();
  }
}

function linesOf(program: Program): string[] {
  return program.output.map(({ text }) => text);
}

function linesOfBare(file: string, args: readonly string[]): Promise<string[]> {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  return new Promise((resolve) => {
    child.once('close', () => resolve(text.trimEnd().split('\n')));
  });
}

function socketsIn(place: string): string[] {
  return readdirSync(place).filter((name) => /^s\d+-/.test(name));
}

function unusedPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function hasIpv6(): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer().once('error', () => resolve(false));
    server.listen(0, '::', () => server.close(() => resolve(true)));
  });
}

/** Whether this machine gives the name localhost to IPv4 first, as the sandbox does. */
async function isFirst4(): Promise<boolean> {
  const { lookup } = await import('node:dns/promises');
  const found = await lookup('localhost').catch(() => undefined);
  return found?.address === '127.0.0.1';
}

test.run();
