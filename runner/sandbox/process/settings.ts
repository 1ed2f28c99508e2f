import type { ProgramReader } from '../../program-file';

/** What the runner sends to a program's own side before its first question, as JSON. */
export interface ProgramSettings {
  /** The file to run, absolute; empty where only modules are preloaded. */
  main: string;
  /** The socket that stands in for 127.0.0.1:6379. */
  redis: string;
  /** What the sockets' paths begin with that stand in for the ports of its servers; a number follows. */
  servers: string;
  /** Where modules come from that the learner's folder does not have. */
  fallbackModules: string;
  /** Modules to load in place of others: absolute path to absolute path. */
  replaced: Record<string, string>;
  /** Packages that it gets from there, unless its folder has a newer one. */
  lent: readonly LentModule[];
  kept: KeptPackages;
  /** Packages of which it gets an empty module where its folder lacks them. */
  tools: readonly string[];
  reader: ProgramReader;
  /** The program's files that are compiled already, by absolute path. */
  compiled: Record<string, CompiledFile>;
  /** The clients of redis stay open, whatever the program asks of them. */
  neverQuits?: boolean;
  /** The clients of redis wait for next to nothing before they try to connect again. */
  reconnectsSoon?: boolean;
  /** Report when the program sets timers, prints and publishes, by its own clock. */
  watchMoments?: boolean;
  /** The file is a {@link Driver}: it is called when it is loaded. */
  drives?: boolean;
}

/**
 * The default export of a program of the check's own that runs code of the learner's. That must not be
 * loaded before this is called, nor get hold of `tell`: what is told is believed.
 */
export type Driver = (tell: Tell) => void;

/** Tells the check something, which goes as JSON. */
export type Tell = (value: unknown) => void;

/** A package of the workbook's that programs use. */
export interface LentModule {
  /** As programs import it. */
  name: string;
  major: number;
  /** Its name among the workbook's own, if that is another. */
  from?: string | undefined;
  /** Others of them that it loads by itself only when it is used. */
  loads?: readonly string[] | undefined;
}

/** A file's compiled text, and what the file was like when it was compiled. */
export interface CompiledFile {
  /** Where the text lies, absolute. */
  code: string;
  mtimeMs: number;
  /** Bytes. */
  size: number;
}

/** What a program that is started before it is needed gets in their place; they follow later. */
export interface WarmSettings {
  /** Packages to load meanwhile. */
  imports: readonly PackageImports[];
  fallbackModules: string;
  lent: readonly LentModule[];
  kept: KeptPackages;
}

/** What a file, absolute, imports of packages: as it names them, in its order. */
export interface PackageImports {
  from: string;
  packages: readonly string[];
}

/** Bytes of the key that comes before all else: see `SignedLines`. */
export const keyBytes = 16;

/** What a program gets that is to write down a package of the workbook's, in place of running a file. */
export interface KeepSettings {
  /** The package, by its name among the workbook's own. */
  keep: string;
  fallbackModules: string;
}

/** Where packages of the workbook's are written down, absolute, by their names among its own. */
export type KeptPackages = Readonly<Record<string, string>>;

/** What stands at the beginning of such a file, as JSON behind four bytes of its length. */
export interface KeptIndex {
  /** Whose packages they are: its folder, absolute. */
  workbook: string;
  files: Record<string, KeptFile>;
  /** What each import of a file leads to, by file and request. */
  imports: Record<string, Record<string, string>>;
}

/** A module: from which state of its file, and where its text, as the function that Node makes of it, and what V8 made of it stand behind the index. */
export interface KeptFile {
  mtimeMs: number;
  /** Bytes. */
  size: number;
  /** Its text has one byte a character. */
  ascii: boolean;
  text: [number, number];
  data: [number, number];
}

/** Digits of the number of bytes that goes before settings. */
export const lengthDigits = 8;

/** Marks a program and everything that it starts, in their environment. */
export const markerVariable = 'QUEUING_WORKBOOK_SANDBOX';

/** Descriptor on which the program's side writes events, a line each: see `SignedLines`. */
export const eventsDescriptor = 3;

/** Descriptor on which the runner sends the key and the settings, and then asks: each line is a question's number. */
export const questionsDescriptor = 4;

/** What the program's side reports. */
export type ProgramEvent =
  | { event: 'started' }
  /** The port that a server seems to have, and the number of its socket. */
  | { event: 'listening'; asked: number; socket: number }
  /** It connects to what is none of its own: on this machine that is refused. */
  | { event: 'elsewhere'; host: string; port: number }
  | { event: 'connecting' }
  /** It ends by itself, with so many connections to Redis that it has not closed. */
  | { event: 'ending'; code: number; leftOpen: number }
  /** It starts another process. */
  | { event: 'child' }
  | { event: 'taken'; port: number }
  | { event: 'moment'; moment: Moment }
  | { event: 'error'; origin: string; name: string; message: string; code?: string; stack?: string }
  | { event: 'state'; question: number; state: ProgramState }
  /** By a program that drives the learner's code. */
  | { event: 'told'; value: unknown };

/** Something that a program did, at a time of its own clock: milliseconds since it was started. */
export type Moment =
  | { what: 'timer'; at: number; delay: number }
  /** What it wrote to standard output or error, or handed to a client of redis to publish. */
  | { what: 'print' | 'publish'; at: number; text: string };

/** Whether a program still has something to do by itself, and how much it has exchanged. */
export interface ProgramState {
  /** What keeps the event loop alive, by Node's names; timers and what waits apart. */
  resources: string[];
  /** Timers of the program's own that will still fire; a package's housekeeping apart. */
  timers: number;
  /** Handles that only wake when something comes from outside: sockets, servers. */
  waiting: number;
  /** Servers of its own that take connections, on ports. */
  servers: number;
  /** Its connections to Redis that are not closed. */
  connections: number;
  /** Bytes over its connections to Redis that are not closed. */
  sent: number;
  received: number;
}
