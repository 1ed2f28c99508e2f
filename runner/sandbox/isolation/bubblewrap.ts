import { accessSync, closeSync, constants, openSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { rememberFile } from '../../cache.cjs';
import { cacheFolder } from '../../cache-folder.cjs';
import { filesOfNode } from './own-node';
import { isKnownProcessor, systemCallFilter } from './seccomp';
import { Visible } from './visible';

const temporary = '/tmp';

/**
 * What a program behind walls takes for the user's home, for its temporary files. Its sockets lie
 * beside it: Node's permission model keeps it from writing other files there, on a disk without bounds.
 */
export const homeBehindWalls = `${temporary}/home`;

/** Folders that are not shown, whoever's files lie there. */
const tooWide = new Set(['/', temporary]);

/** Bytes that it may have there. */
const roomAtHome = 64 * 1024 * 1024;

/** On which descriptor bubblewrap reads the filter of system calls: the first that no program uses. */
export const filterDescriptor = 5;

/** What goes through the walls. */
export interface Opening {
  /** The working folder, absolute; it is seen. */
  folder: string;
  /** More files and folders that are seen, absolute. */
  seen: readonly string[];
  /** Of the files that the workbook has compiled, these are seen; absolute. */
  compiled: readonly string[];
  /** A folder that it may write to, beside its home; absolute. */
  written?: string;
}

/** A command with its arguments. */
export interface CommandLine {
  command: string;
  args: string[];
}

/** Where bubblewrap is on this machine; nothing where it is not. */
export function installedBubblewrap(): string | undefined {
  return (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'bwrap'))
    .find((file) => path.isAbsolute(file) && isExecutable(file));
}

/**
 * Has Node started behind walls: with its own processes, network, and root of the file system, on
 * which there is what Node needs, the workbook's packages, and the openings.
 * @param args Node's
 * @throws Error where bubblewrap is not installed
 */
export function behindWalls(args: readonly string[], opening: Opening): CommandLine {
  const command = installedBubblewrap();
  if (command === undefined) throw new Error('bubblewrap is not installed');
  const visible = new Visible(workbookFiles());
  for (const place of [opening.folder, ...opening.seen]) {
    if (!tooWide.has(place)) visible.show(place);
  }
  visible.showPackages(opening.folder);
  const written = opening.written && realpathSync(opening.written);
  return {
    command,
    args: [
      ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
      ...['--hostname', 'workbook', '--seccomp', String(filterDescriptor)],
      ...['--proc', '/proc', '--dev', '/dev', '--remount-ro', '/dev'],
      ...['--size', String(roomAtHome), '--tmpfs', temporary, '--dir', homeBehindWalls],
      ...visible.places.flatMap((place) => ['--ro-bind', place, place]),
      ...ownNames,
      ...visible.links.flatMap(([link, target]) => ['--symlink', target, link]),
      ...onlyCompiled(opening.compiled),
      ...(written === undefined ? [] : ['--bind', written, written]),
      ...['--remount-ro', '/', '--chdir', opening.folder],
      ...['--', process.execPath, ...args],
    ],
  };
}

/**
 * Opens the filter of system calls, to be inherited on {@link filterDescriptor}.
 * @param use starts the process; the file is closed after it
 */
export function withFilter<Result>(use: (descriptor: number) => Result): Result {
  const descriptor = openSync(filterFile(), 'r');
  try {
    return use(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

let filter: string | undefined;

/** @throws Error for a processor whose system calls are not known */
function filterFile(): string {
  filter ??= makeFilter(process.arch);
  return filter;
}

function makeFilter(processor: string): string {
  if (!isKnownProcessor(processor)) throw new Error(`no filter for the processor ${processor}`);
  const bytes = systemCallFilter(processor);
  return rememberFile(['system calls', bytes.toString('hex')], '.bpf', () => bytes);
}

/** By which names are looked up: its own machine's, and no others. */
const ownNames = ['hosts', 'nsswitch.conf'].flatMap((name) => [
  '--ro-bind',
  path.join(__dirname, 'etc', name),
  `/etc/${name}`,
]);

const workbook = path.resolve(__dirname, '../../..');

let shared: Visible | undefined;

/** What every program sees: found out once, as nothing of it changes meanwhile. */
function workbookFiles(): Visible {
  if (shared) return shared;
  shared = new Visible();
  for (const file of filesOfNode()) shared.show(file);
  shared.show(path.join(workbook, 'runner'));
  shared.showPackages(workbook);
  return shared;
}

/** What was compiled of other people's files lies among the packages: that is covered up. */
function onlyCompiled(files: readonly string[]): string[] {
  const folder = cacheFolder();
  return [
    ...['--tmpfs', folder],
    ...files.flatMap((file) => ['--ro-bind', file, file]),
    ...['--remount-ro', folder],
  ];
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
