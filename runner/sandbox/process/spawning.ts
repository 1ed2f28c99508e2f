import { type ChildProcess, type IOType, type SpawnOptions, spawn } from 'node:child_process';
import path from 'node:path';
import type { Writable } from 'node:stream';
import { behindWalls, homeBehindWalls, type Opening, withFilter } from '../isolation/bubblewrap';
import type { Isolation } from '../isolation/level';
import { withinLimits } from '../isolation/resource-limits';
import { programEnvironment } from './environment';
import { permissionFlags } from './permissions';
import { ownGroup } from './process-group';
import { programSide } from './program-side';
import {
  type KeepSettings,
  keyBytes,
  lengthDigits,
  markerVariable,
  type ProgramSettings,
  questionsDescriptor,
  type WarmSettings,
} from './settings';

/** Which process is to be started: with the same words twice it is the same one. */
export interface Recipe {
  /** The file to run, absolute. */
  main: string;
  /** The working folder, absolute. */
  folder: string;
  args: readonly string[];
  /** Bytes of JavaScript heap. */
  memory: number;
  isolation: Isolation;
  /** Behind walls it sees these files and folders too, absolute. */
  seen: readonly string[];
}

/** What a process has of the file system for itself. */
export interface ProgramPlace {
  /** Stands in for the user's home and holds its temporary files, absolute; behind walls it has another. */
  home: string;
  /** What the check has for it, its way to Redis among that, absolute. */
  folder: string;
  /** Where its servers put their sockets, absolute. */
  sockets: string;
}

/** Without it Node tries a file that fails to parse again as a module, past our compiler. */
const commonJsOnly = process.allowedNodeEnvironmentFlags.has('--experimental-detect-module')
  ? ['--no-experimental-detect-module']
  : [];

/**
 * Starts a process for a program, in a group of its own.
 * @param marker what finds it, and what it starts, again
 * @param key of its reports
 */
export function spawnProgram(
  { main, folder, args, memory, isolation, seen }: Recipe,
  settings: ProgramSettings | WarmSettings,
  place: ProgramPlace,
  marker: string,
  key: Buffer,
): ChildProcess {
  const home = isolation === 'walls' ? homeBehindWalls : place.home;
  const flags = [
    '--enable-source-maps',
    '--disable-warning=ExperimentalWarning',
    ...commonJsOnly,
    heapFlag(memory),
    ...(isolation === 'none' ? [] : permissionFlags(home)),
  ];
  const words = [...flags, programSide(), main, ...args];
  const options = {
    cwd: folder,
    env: { ...programEnvironment(home, isolation === 'none'), [markerVariable]: marker },
    ...ownGroup(),
  };
  const child = startWithin(isolation, words, options, {
    folder,
    seen: [main, path.dirname(main), place.folder, ...seen],
    compiled: [programSide(), ...Object.values(settings.kept)],
    written: place.sockets,
  });
  sendKey(child, key);
  sendSettings(child, settings);
  return child;
}

/** Starts Node with these words, held as it is to be held. */
function startWithin(
  isolation: Isolation,
  words: string[],
  options: SpawnOptions,
  opening: Opening,
): ChildProcess {
  const stdio: IOType[] = ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'];
  const node = { command: process.execPath, args: words };
  if (isolation === 'walls') {
    const { command, args } = withinLimits(behindWalls(words, opening));
    return withFilter((filter) => spawn(command, args, { ...options, stdio: [...stdio, filter] }));
  }
  const { command, args } = isolation === 'guard' ? withinLimits(node) : node;
  return spawn(command, args, { ...options, stdio });
}

/**
 * Starts the process that writes a package of the workbook's down, to the line of events.
 * @param workbook the folder with the packages, absolute
 * @param memory as the programs have that will use it: V8 takes nothing that was made under other flags
 * @param patience milliseconds
 */
export function spawnKeeper(
  settings: KeepSettings,
  workbook: string,
  memory: number,
  patience: number,
): ChildProcess {
  const child = spawn(process.execPath, [heapFlag(memory), programSide()], {
    cwd: workbook,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    timeout: patience,
    windowsHide: true,
  });
  // It has nothing to report.
  sendKey(child, Buffer.alloc(keyBytes));
  sendSettings(child, settings);
  return child;
}

function heapFlag(memory: number): string {
  return `--max-old-space-size=${Math.ceil(memory / 1024 / 1024)}`;
}

function sendKey(child: ChildProcess, key: Buffer): void {
  const line = questionsOf(child);
  // That it has closed its end is heard of where it is asked.
  line.on('error', () => {});
  line.write(key);
}

/** Hands a program its settings, or what it gets first where it is to wait for them. */
export function sendSettings(
  child: ChildProcess,
  settings: ProgramSettings | WarmSettings | KeepSettings,
): void {
  const text = Buffer.from(JSON.stringify(settings));
  const line = questionsOf(child);
  line.write(String(text.length).padStart(lengthDigits, '0'));
  line.write(text);
}

function questionsOf(child: ChildProcess): Writable {
  return child.stdio[questionsDescriptor] as Writable;
}
