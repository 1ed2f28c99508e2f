import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder } from '../../../runner/cache-folder.cjs';
import { lastingPort } from '../../support/lasting-port';

/** What an attack is after, as its program finds it in `at`. */
export interface Bait {
  /** Stands in whatever it may not read, and is what nobody would say by chance. */
  secret: string;
  /** The folder of the program. */
  own: string;
  /** A made-up home of whoever grades, with an SSH key. */
  home: string;
  /** The folder of another learner, with `answer.js`. */
  neighbour: string;
  /** A file that another program would load, were it there. */
  compiled: string;
  /** A file in the memory that all programs share. */
  shared: string;
  /** Ports on 127.0.0.1, on 127.0.0.2, and for datagrams. */
  port: number;
  otherPort: number;
  datagrams: number;
  /** Unix sockets: one with a path and one without. */
  socket: string;
  abstract: string;
  /** Nobody listens there, and the test knocks on it all the time. */
  free: number;
  /** The process that grades, and one of the same user beside it. */
  runner: number;
  bystander: number;
}

/** The text of another learner’s file. */
export function answerOf(secret: string): string {
  return `module.exports = '${secret}';\n`;
}

/** The surroundings of one attack, made for it and removed after it. */
export class Scene {
  /** Connections and datagrams that came to the servers. */
  visits = 0;
  /** Connections that the test made to {@link Bait.free}. */
  entered = 0;
  readonly file: string;
  readonly #servers: net.Server[] = [];
  readonly #knocking: NodeJS.Timeout;

  private constructor(
    readonly bait: Bait,
    readonly root: string,
    readonly bystander: ChildProcess,
    readonly datagrams: dgram.Socket,
  ) {
    this.file = path.join(bait.own, 'program.js');
    this.#knocking = setInterval(() => this.#knock(), 50);
  }

  static async open(): Promise<Scene> {
    const root = mkdtempSync(path.join(os.tmpdir(), 'attack-'));
    const folder = (name: string) => {
      mkdirSync(path.join(root, name), { recursive: true });
      return path.join(root, name);
    };
    const secret = randomBytes(12).toString('hex');
    const own = folder('own');
    const neighbour = folder('neighbour');
    const home = folder('home');
    writeFileSync(path.join(folder('home/.ssh'), 'id_ed25519'), secret);
    writeFileSync(path.join(neighbour, 'answer.js'), answerOf(secret));
    folder('temporary');
    writeFileSync(path.join(folder('own/node_modules/one'), 'index.js'), '');
    writeFileSync(path.join(own, 'victim'), 'whole');
    symlinkSync(neighbour, path.join(own, 'way'));
    const shared = `/dev/shm/attack-${secret}`;
    writeFileSync(shared, secret);
    const bystander = spawn('sleep', ['120'], { stdio: 'ignore', argv0: `bystander-${secret}` });
    const datagrams = dgram.createSocket('udp4');
    datagrams.bind(0, '127.0.0.1');
    await Promise.all([once(datagrams, 'listening'), once(bystander, 'spawn')]);
    const bait: Bait = {
      secret,
      own,
      neighbour,
      home,
      compiled: path.join(cacheFolder(), `attack-${secret}.cjs`),
      shared,
      port: 0,
      otherPort: 0,
      datagrams: datagrams.address().port,
      socket: path.join(root, 'socket'),
      abstract: `\0attack-${secret}`,
      free: await lastingPort(),
      runner: process.pid,
      bystander: bystander.pid ?? 0,
    };
    const scene = new Scene(bait, root, bystander, datagrams);
    datagrams.on('message', () => {
      scene.visits += 1;
    });
    bait.port = await scene.#listen({ port: 0, host: '127.0.0.1' });
    bait.otherPort = await scene.#listen({ port: 0, host: '127.0.0.2' });
    await scene.#listen({ path: bait.socket });
    await scene.#listen({ path: bait.abstract });
    return scene;
  }

  /** Whether the process beside the one that grades is as it was. */
  get bystanderLives(): boolean {
    return this.bystander.exitCode === null && this.bystander.signalCode === null;
  }

  async close(): Promise<void> {
    clearInterval(this.#knocking);
    for (const server of this.#servers) server.close();
    this.datagrams.close();
    if (this.bystanderLives) {
      this.bystander.kill('SIGKILL');
      await once(this.bystander, 'exit');
    }
    for (const place of [this.root, this.bait.shared, this.bait.compiled]) {
      rmSync(place, { recursive: true, force: true });
    }
  }

  async #listen(where: net.ListenOptions): Promise<number> {
    const server = net.createServer((socket) => {
      this.visits += 1;
      socket.on('error', () => {}).end('welcome');
    });
    this.#servers.push(server);
    server.listen(where);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  #knock(): void {
    const socket = net.connect(this.bait.free, '127.0.0.1');
    socket
      .on('error', () => {})
      .once('connect', () => {
        this.entered += 1;
        socket.destroy();
      });
  }
}
