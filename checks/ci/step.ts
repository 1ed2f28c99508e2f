import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { course, type Ended, endOf } from '../support/command-line';

/** What a script finds around it, beside PATH. */
export interface Surroundings {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** A folder of programs that are found first. */
  bin?: string;
}

/** Runs a script as GitHub's runner runs those with `shell: bash`, or a file if it is one. */
export function bash(script: string | { file: string }, around: Surroundings): Promise<Ended> {
  const { cwd, env, bin } = around;
  const words =
    typeof script === 'string'
      ? ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script]
      : [script.file];
  const { PATH = '', TMPDIR } = process.env;
  const child = spawn('bash', words, {
    cwd,
    env: {
      PATH: [...(bin ? [bin] : []), path.dirname(process.execPath), PATH].join(':'),
      HOME: cwd,
      TMPDIR,
      LANG: 'C.UTF-8',
      WORKBOOK_ISOLATION: 'guard',
      WORKBOOK_LESSONS: course,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return endOf(child);
}

/** Puts programs there that only write down how they were called, into `calls` beside them. */
export function recordingPrograms(folder: string, names: readonly string[]): string {
  const bin = path.join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  for (const name of names) {
    const line = `#!/bin/sh\necho "${name} $*" >> "${folder}/calls"\n`;
    writeFileSync(path.join(bin, name), line, { mode: 0o755 });
  }
  return bin;
}
