import { type ChildProcess, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { programEnvironment } from './environment';
import { permissionFlags } from './permissions';
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
  /** Whether it may write only into its home, and start no other programs. */
  guarded: boolean;
}

/** Without it Node tries a file that fails to parse again as a module, past our compiler. */
const commonJsOnly = process.allowedNodeEnvironmentFlags.has('--experimental-detect-module')
  ? ['--no-experimental-detect-module']
  : [];

/**
 * Starts a process for a program, in a group of its own.
 * @param home stands in for the user's home and holds its temporary files, absolute
 * @param marker what finds it, and what it starts, again
 * @param key of its reports
 */
export function spawnProgram(
  { main, folder, args, memory, guarded }: Recipe,
  settings: ProgramSettings | WarmSettings,
  home: string,
  marker: string,
  key: Buffer,
): ChildProcess {
  const flags = [
    '--enable-source-maps',
    '--disable-warning=ExperimentalWarning',
    ...commonJsOnly,
    heapFlag(memory),
    ...(guarded ? permissionFlags(home) : []),
  ];
  const child = spawn(process.execPath, [...flags, programSide(), main, ...args], {
    cwd: folder,
    env: {
      ...programEnvironment(home, !guarded),
      [markerVariable]: marker,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  sendKey(child, key);
  sendSettings(child, settings);
  return child;
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
