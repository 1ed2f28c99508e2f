import type { ChildProcess } from 'node:child_process';
import { markerVariable } from '../process/settings';
import type { LoadWatch } from './loading';
import { report } from './report';

type ChildProcesses = typeof import('node:child_process');

/** Node's own way to every process that does not block: undocumented, and there since Node 0.12. */
interface Spawning {
  spawn(options: { envPairs?: string[] }): unknown;
}

/**
 * Lets whatever the program starts carry its marker, also where it is given an environment of its
 * own, and tells the runner of it; in the program's own environment the marker does not show. Most
 * programs start nothing, so Node's module for it is prepared only when it is asked for.
 */
export function markChildren(): LoadWatch {
  const marker = process.env[markerVariable] ?? '';
  delete process.env[markerVariable];
  let prepared = false;
  const prepare = (request: string) => {
    if (prepared || !mayStartOthers(request)) return;
    prepared = true;
    prepareChildren(require('node:child_process'), marker);
  };
  // The other way to Node's own modules, since 20.16.
  const getBuiltin = process.getBuiltinModule;
  if (getBuiltin) {
    process.getBuiltinModule = ((id: string) => {
      prepare(id);
      return getBuiltin(id);
    }) as typeof getBuiltin;
  }
  return { before: ({ request }) => prepare(request) };
}

/** A cluster starts processes too, through the same module. */
function mayStartOthers(request: string): boolean {
  return /^(node:)?(child_process|cluster)$/.test(request);
}

function prepareChildren(childProcess: ChildProcesses, marker: string): void {
  const prototype = childProcess.ChildProcess.prototype as ChildProcess as unknown as Spawning;
  const spawn = prototype.spawn;
  prototype.spawn = function (options) {
    report({ event: 'child' });
    options?.envPairs?.push(`${markerVariable}=${marker}`);
    return spawn.call(this, options);
  };
  for (const name of ['spawnSync', 'execFileSync', 'execSync'] as const) {
    const start = childProcess[name] as (...args: unknown[]) => unknown;
    Object.assign(childProcess, {
      [name]: (...args: unknown[]) => {
        report({ event: 'child' });
        return start(...withMarker(args, marker));
      },
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
