import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gitOutput } from './git-process';
import { SubmissionRefusal } from './refusal';

/** Whether a place is the URL of a repository: `https://…`, `ssh://…`, `file://…`, `git@…:…`. */
export function isRepositoryUrl(place: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(place) || /^[\w.-]+@[\w.-]+:(?!\/\/)/.test(place);
}

/** Whether a folder is a bare repository, and not one that somebody works in. */
export function isBareRepository(folder: string): boolean {
  const holds = (name: string) => fs.existsSync(path.join(folder, name));
  return holds('HEAD') && holds('objects') && holds('refs') && !holds('.git');
}

/**
 * Fetches the last commit of a repository and nothing before it, without its submodules and what Git LFS
 * keeps elsewhere. No hook is run, and nobody is asked for a password.
 * @param place a URL, or a bare repository on this machine
 * @param folder where it goes; absolute, not there yet
 * @throws SubmissionRefusal if that cannot be had; the signal's reason once that is aborted
 */
export async function cloneRepository(
  place: string,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const clone = ['clone', '--quiet', '--depth=1', '--single-branch', '--no-tags'];
  const without = ['--no-recurse-submodules', '--template='];
  await gitOutput([...plain, ...clone, ...without, '--', urlOf(place), folder], signal);
}

/**
 * Asks a repository for its last commit, without fetching it.
 * @returns its hash; nothing for a repository without any
 * @throws as {@link cloneRepository}
 */
export async function lastCommitOf(
  place: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const listed = await gitOutput([...plain, 'ls-remote', '--', urlOf(place), 'HEAD'], signal);
  return /^([0-9a-f]{40,64})\t/m.exec(listed)?.[1];
}

/** Whatever this user's own settings say: no program is run by what is fetched. */
const plain = [
  ...['core.hooksPath', 'core.fsmonitor', 'core.attributesFile'].map((name) => [
    '-c',
    `${name}=${os.devNull}`,
  ]),
  ...['filter.lfs.smudge', 'filter.lfs.process'].map((name) => ['-c', `${name}=`]),
  ['-c', 'filter.lfs.required=false'],
  ['-c', 'submodule.recurse=false'],
].flat();

/** @throws SubmissionRefusal for a protocol that is not to be used */
function urlOf(place: string): string {
  if (!isRepositoryUrl(place)) return pathToFileURL(place).href;
  const [, protocol = 'ssh'] = /^([a-z][a-z0-9+.-]*):\/\//i.exec(place) ?? [];
  if (['https', 'ssh', 'file'].includes(protocol.toLowerCase())) return place;
  throw new SubmissionRefusal(
    `Repositories are not fetched by ${protocol}.`,
    'Name it by https://, ssh:// or file://.',
  );
}
