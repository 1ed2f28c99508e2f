import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { bundle, keptBundle } from '../../../runner/page/bundle';
import { copyPackages } from './bundled-packages';

const root = path.join(__dirname, '../../..');

/** What `npm pack --json` tells. */
const packed = v.tuple([
  v.object({
    filename: v.string(),
    size: v.number(),
    unpackedSize: v.number(),
    files: v.array(v.object({ path: v.string() })),
  }),
]);

/** A package as it would be published. */
export interface MadePackage {
  /** The .tgz, absolute. */
  file: string;
  /** Its size, in bytes. */
  size: number;
  /** The size of what is in it, in bytes. */
  unpackedSize: number;
  /** How many files are in it. */
  count: number;
}

/**
 * Makes the package in a folder apart, so that nothing of it is ever left in the checkout: the files
 * that package.json names, the page's scripts, the packages that it needs, and a package.json that may be
 * published. The overrides of a package.json count in its own checkout alone, and npm takes a shrinkwrap
 * from a registry alone; bundled packages arrive as they were tested, however the package is installed.
 * @param folder where the .tgz is written; it is made if it is not there
 * @throws Error of npm if it cannot pack
 */
export async function makePackage(folder: string): Promise<MadePackage> {
  const stage = mkdtempSync(path.join(os.tmpdir(), 'workbook-package-'));
  try {
    for (const { path: name } of pack(root, '--dry-run').files) {
      cpSync(path.join(root, name), path.join(stage, name));
    }
    const text = readFileSync(path.join(root, 'package.json'), 'utf8');
    writeFileSync(path.join(stage, 'package.json'), publishedManifest(text));
    writeFileSync(
      path.join(stage, path.relative(root, keptBundle)),
      JSON.stringify(await bundle()),
    );
    copyPackages(root, stage);
    mkdirSync(folder, { recursive: true });
    const made = pack(stage, '--pack-destination', path.resolve(folder));
    return {
      file: path.resolve(folder, made.filename),
      size: made.size,
      unpackedSize: made.unpackedSize,
      count: made.files.length,
    };
  } finally {
    rmSync(stage, { recursive: true, force: true });
  }
}

const manifest = v.looseObject({ dependencies: v.record(v.string(), v.string()) });

/**
 * The checkout's package.json without what is only for the checkout, and without its guard against
 * being published; all dependencies are bundled.
 */
function publishedManifest(text: string): string {
  const {
    private: _private,
    files: _files,
    scripts: _scripts,
    devDependencies: _devDependencies,
    overrides: _overrides,
    ...kept
  } = v.parse(manifest, JSON.parse(text));
  const published = { ...kept, bundleDependencies: Object.keys(kept.dependencies) };
  return `${JSON.stringify(published, null, 2)}\n`;
}

function pack(folder: string, ...options: string[]): v.InferOutput<typeof packed>[number] {
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const text = execFileSync(npm, ['pack', '--json', '--ignore-scripts', ...options], {
    cwd: folder,
    encoding: 'utf8',
    shell: process.platform === 'win32',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 2 ** 20,
  });
  const [made] = v.parse(packed, JSON.parse(text));
  return made;
}
