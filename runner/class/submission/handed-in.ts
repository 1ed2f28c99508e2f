import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Submission } from './submission';

/**
 * When a folder was handed in: the time of its last commit, or for one that is no clone the last change
 * of a file that counts. Whoever hands in can set both.
 * @returns nothing for a folder with no file
 */
export function handedInAt(folder: string, { files }: Submission): Date | undefined {
  const committed = lastCommitAt(folder);
  if (committed) return committed;
  const times = files.map(
    ({ name }) => fs.statSync(path.join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return times.length > 0 ? new Date(Math.max(...times)) : undefined;
}

/**
 * Asks Git for one object and nothing else, from a repository of our own that borrows the learner's
 * objects: what their .git/config says could run any program.
 */
function lastCommitAt(folder: string): Date | undefined {
  const git = path.join(folder, '.git');
  const hash = headOf(git);
  if (hash === undefined) return undefined;
  const own = fs.mkdtempSync(path.join(os.tmpdir(), 'workbook-git-'));
  try {
    for (const name of ['objects', 'refs']) fs.mkdirSync(path.join(own, name));
    fs.writeFileSync(path.join(own, 'HEAD'), 'ref: refs/heads/none\n');
    const commit = execFileSync('git', ['cat-file', 'commit', hash], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 10_000,
      maxBuffer: 1024 * 1024,
      windowsHide: true,
      env: {
        PATH: process.env.PATH,
        GIT_DIR: own,
        GIT_OBJECT_DIRECTORY: path.join(git, 'objects'),
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_CONFIG_GLOBAL: os.devNull,
        GIT_NO_LAZY_FETCH: '1',
      },
    });
    const [, seconds] = /^committer .* (\d+) [+-]\d{4}$/m.exec(commit) ?? [];
    return seconds === undefined ? undefined : new Date(Number(seconds) * 1000);
  } catch {
    // No Git here, or no whole clone: the files' times count.
    return undefined;
  } finally {
    fs.rmSync(own, { recursive: true, force: true });
  }
}

/** The commit that is checked out; nothing where there is none. */
function headOf(git: string): string | undefined {
  const head = lineOf(path.join(git, 'HEAD'));
  const [, ref] = /^ref: (refs\/[\w./-]+)$/.exec(head) ?? [];
  if (ref === undefined) return isHash(head) ? head : undefined;
  if (ref.includes('..')) return undefined;
  const loose = lineOf(path.join(git, ref));
  if (isHash(loose)) return loose;
  const packed = textOf(path.join(git, 'packed-refs')).split('\n');
  const hash = packed.find((line) => line.endsWith(` ${ref}`))?.split(' ')[0] ?? '';
  return isHash(hash) ? hash : undefined;
}

function isHash(text: string): boolean {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

function lineOf(file: string): string {
  return textOf(file).trim();
}

/** Nothing of what is no plain file, or larger than such a file ever is. */
function textOf(file: string): string {
  const stats = fs.lstatSync(file, { throwIfNoEntry: false });
  if (!stats?.isFile() || stats.size > 1024 * 1024) return '';
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
