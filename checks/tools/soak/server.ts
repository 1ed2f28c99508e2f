import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

/** In bytes. */
export interface Memory {
  /** Of the whole process. */
  readonly rss: number;
  /** Of values and buffers. */
  readonly heap: number;
}

/** An embedded Redis that runs in a child process. */
export class ServerProcess {
  /** The last lines that it wrote, such as a crash's. */
  output = '';

  private constructor(
    readonly child: ChildProcess,
    readonly port: number,
  ) {}

  static async start(): Promise<ServerProcess> {
    const hook = path.join(__dirname, '../../../runner/hook.cjs');
    const file = path.join(__dirname, 'server-process.ts');
    const child = spawn(process.execPath, ['--expose-gc', '-r', hook, file], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    const [port] = await once(child, 'message');
    const server = new ServerProcess(child, port);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => {
        server.output = (server.output + text).slice(-4000);
      });
    }
    return server;
  }

  get crashed(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** @param collect whether garbage is to be collected first */
  async memory(collect = false): Promise<Memory> {
    if (this.crashed) return { rss: 0, heap: 0 };
    return new Promise((resolve) => {
      const told = (memory: Memory) => {
        this.child.off('message', told).off('exit', gone);
        resolve(memory);
      };
      const gone = () => told({ rss: 0, heap: 0 });
      this.child.on('message', told).on('exit', gone).send(collect);
    });
  }

  async stop(): Promise<void> {
    if (this.crashed) return;
    const ended = once(this.child, 'exit');
    this.child.disconnect();
    await ended;
  }
}
