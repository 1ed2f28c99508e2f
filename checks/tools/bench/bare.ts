import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { compile } from '../../../runner/compile.cjs';

const project = path.join(__dirname, '../../..');

/** A folder for programs that bare node runs, with the project's packages. */
export class BareFolder {
  readonly path = mkdtempSync(path.join(os.tmpdir(), 'workbook-bench-'));
  readonly #start = process.pid;
  #count = 0;

  constructor() {
    symlinkSync(path.join(project, 'node_modules'), path.join(this.path, 'node_modules'));
    mkdirSync(path.join(this.path, 'sockets'));
  }

  /** A new path for a server to listen on. */
  socket(): string {
    return path.join(this.path, 'sockets', `${this.#start}-${++this.#count}`);
  }

  /**
   * Compiles a program of the course, with another Redis and another place to listen written into
   * it: bare node then has nothing to do but run it.
   * @returns the file
   */
  program(file: string, redisPort: number, listenOn?: string): string {
    const port = `port: ${redisPort}`;
    const source = readFileSync(file, 'utf8')
      .replaceAll('createClient()', `createClient({ ${port} })`)
      .replaceAll('createClient({ ...', `createClient({ ${port}, ...`)
      .replaceAll('createClient({\n', `createClient({\n ${port},\n`)
      .replaceAll('createQueue()', `createQueue({ redis: { ${port} } })`)
      .replaceAll('createQueue({ redis: {', `createQueue({ redis: { ${port},`)
      .replace(/\bconnection( =|:) \{\}/g, `connection$1 { ${port} }`)
      .replaceAll('listen(1245)', `listen(${JSON.stringify(listenOn)})`);
    if (!source.includes(port)) throw new Error(`${file} opens no connection that is known here.`);
    const name = path.basename(file).replace(/\.ts$/, '.js');
    const compiled = path.join(this.path, `${++this.#count}-${name}`);
    writeFileSync(compiled, compile(file, source));
    return compiled;
  }

  /** Compiles a module of the course, to be imported by its own name. */
  module(file: string): void {
    const name = path.basename(file).replace(/\.ts$/, '.js');
    writeFileSync(path.join(this.path, name), compile(file, readFileSync(file, 'utf8')));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
