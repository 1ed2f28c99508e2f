import childProcess, { ChildProcess } from 'node:child_process';
import { markerVariable } from '../settings';

/** Node's own way to every process that does not block: undocumented, and there since Node 0.12. */
interface Spawning {
  spawn(options: { envPairs?: string[] }): unknown;
}

/**
 * Lets whatever the program starts carry its marker, also where it is given an environment of its
 * own; in the program's own environment it does not show.
 */
export function markChildren(): void {
  const marker = process.env[markerVariable] ?? '';
  delete process.env[markerVariable];
  const prototype = ChildProcess.prototype as unknown as Spawning;
  const spawn = prototype.spawn;
  prototype.spawn = function (options) {
    options?.envPairs?.push(`${markerVariable}=${marker}`);
    return spawn.call(this, options);
  };
  for (const name of ['spawnSync', 'execFileSync', 'execSync'] as const) {
    const start = childProcess[name] as (...args: unknown[]) => unknown;
    Object.assign(childProcess, {
      [name]: (...args: unknown[]) => start(...withMarker(args, marker)),
    });
  }
}

/** The options come last; they may be left out. */
function withMarker(args: unknown[], marker: string): unknown[] {
  const last = args.at(-1);
  const given = typeof last === 'object' && last !== null && !Array.isArray(last);
  const options = (given ? last : {}) as { env?: NodeJS.ProcessEnv };
  const env = { ...(options.env ?? process.env), [markerVariable]: marker };
  const others = given ? args.slice(0, -1) : args.filter((argument) => argument !== undefined);
  return [...others, { ...options, env }];
}
