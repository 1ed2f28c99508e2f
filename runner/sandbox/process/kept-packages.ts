import { once } from 'node:events';
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { cacheFolder } from '../../cache-folder.cjs';
import { writeAtomically } from '../../write-atomically.cjs';
import { defaultLimits } from './limits';
import { eventsDescriptor, type KeptPackages, type LentModule } from './settings';
import { spawnKeeper } from './spawning';

/** How long a package may take to be loaded and written down, in milliseconds. */
const patience = 20_000;

/** What was asked for so far: a store, or nothing where none could be made. */
const stores = new Map<string, Promise<string | undefined>>();

/**
 * Where those of the workbook's packages that a program uses are written down for it; what is not
 * yet, or has changed since, is written down now. A package that cannot be is left out.
 * @param workbook the folder with the packages, absolute
 * @param used what the program imports, as it names it
 */
export async function keptPackages(
  workbook: string,
  lent: readonly LentModule[],
  used: readonly string[],
): Promise<KeptPackages> {
  const names = lent
    .filter(({ name }) => used.includes(name))
    .map(({ name, from }) => from ?? name);
  const kept = await Promise.all(
    names.map(async (name) => {
      const store = await keptPackage(workbook, name);
      return store === undefined ? [] : [[name, store] as const];
    }),
  );
  return Object.fromEntries(kept.flat());
}

/** Each package is looked at once in a run. */
function keptPackage(workbook: string, name: string): Promise<string | undefined> {
  const key = path.join(workbook, name);
  const store = stores.get(key) ?? storeOf(workbook, name);
  stores.set(key, store);
  return store;
}

async function storeOf(workbook: string, name: string): Promise<string | undefined> {
  const bare = name.replaceAll('/', '+');
  const store = path.join(cacheFolder(), `package-2-${process.version}-${process.arch}-${bare}`);
  if (isCurrent(store, workbook)) return store;
  try {
    writeAtomically(store, await writtenDown(workbook, name));
    return store;
  } catch {
    // It costs time, nothing else.
    return undefined;
  }
}

/** @throws where the package cannot be loaded */
async function writtenDown(workbook: string, name: string): Promise<Buffer> {
  const settings = { keep: name, fallbackModules: workbook };
  const child = spawnKeeper(settings, workbook, defaultLimits.memory, patience);
  const ended = once(child, 'close');
  const chunks: Buffer[] = [];
  child.stdio[eventsDescriptor]?.on('data', (chunk: Buffer) => chunks.push(chunk));
  const [status] = await ended;
  if (status !== 0 || chunks.length === 0) throw new Error(`${name} cannot be loaded`);
  return Buffer.concat(chunks);
}

const indexSchema = v.object({
  workbook: v.string(),
  files: v.record(v.string(), v.object({ mtimeMs: v.number(), size: v.number() })),
});

/** Whether the files that were written down are the workbook's, as they are now. */
function isCurrent(store: string, workbook: string): boolean {
  try {
    const written = v.parse(indexSchema, JSON.parse(indexOf(store)));
    return (
      written.workbook === workbook &&
      Object.entries(written.files).every(([file, { mtimeMs, size }]) => {
        const now = statSync(file);
        return now.mtimeMs === mtimeMs && now.size === size;
      })
    );
  } catch {
    return false;
  }
}

/** @throws where there is none */
function indexOf(store: string): string {
  const descriptor = openSync(store, 'r');
  try {
    const head = Buffer.alloc(4);
    readSync(descriptor, head, 0, head.length, 0);
    const index = Buffer.alloc(head.readUInt32LE(0));
    readSync(descriptor, index, 0, index.length, head.length);
    return index.toString();
  } finally {
    closeSync(descriptor);
  }
}
