import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { type LockedPackage, lockedPackages, placeOf } from './lock-file';

/**
 * The packages that travel inside of the workbook's own, by place: those of the lock file that it needs
 * when it runs. What is for one system only is left out, since the package that would take it does
 * without, and so are types.
 */
export function bundledPackages(project: string): Map<string, LockedPackage> {
  const all = lockedPackages(project);
  const found = new Map<string, LockedPackage>();
  const visit = (from: string, asks: readonly string[]) => {
    for (const name of asks) {
      const one = all.get(placeOf(name, from, all) ?? '');
      if (!one || one.isNative || name.startsWith('@types/') || found.has(one.place)) continue;
      found.set(one.place, one);
      visit(one.place, one.asks);
    }
  };
  visit('', all.get('')?.asks ?? []);
  return found;
}

/** What nothing loads when the workbook runs, by the path below node_modules: nearly half of the bytes. */
const unread = [
  /\.map$/,
  /^(?!typescript\/).*\.d\.[cm]?ts$/,
  /^typescript\/lib\/(?:_tsc\.js$|[a-z]{2}(?:-[a-z]+)?(?:\/|$))/,
  /^@babel\/standalone\/babel\.min\.js$/,
];

/**
 * Copies the packages that are bundled from the project's node_modules, without what nothing loads.
 * @param stage the folder of the package that they are bundled into
 * @throws Error if one is not installed, or in another version than the lock file's
 */
export function copyPackages(project: string, stage: string): void {
  const packages = bundledPackages(project);
  for (const one of packages.values()) {
    const from = path.join(project, one.place);
    const name = one.place.slice(one.place.lastIndexOf(modules) + modules.length);
    cpSync(from, path.join(stage, one.place), {
      recursive: true,
      filter: (file) => {
        const own = path.relative(from, file).replaceAll('\\', '/');
        const isOther = own.split('/').includes('node_modules');
        return !isOther && !unread.some((pattern) => pattern.test(`${name}/${own}`));
      },
    });
    settle(path.join(stage, one.place, 'package.json'), one, packages);
  }
}

const modules = 'node_modules/';

const manifest = v.looseObject({ version: v.string() });

/**
 * Has a package ask for what is bundled with it, at any version, and for nothing else: npm would fetch
 * what it misses, and what our overrides have replaced, or warn of a peer that is not beside it.
 */
function settle(
  file: string,
  { place, version, asks }: LockedPackage,
  packages: ReadonlyMap<string, LockedPackage>,
): void {
  const {
    optionalDependencies: _optional,
    peerDependencies: _peers,
    peerDependenciesMeta: _meta,
    ...kept
  } = v.parse(manifest, JSON.parse(readFileSync(file, 'utf8')));
  if (kept.version !== version) {
    throw new Error(
      `${place} is ${kept.version}, and not ${version} as in the lock file: run npm ci.`,
    );
  }
  const found = asks.filter((name) => placeOf(name, place, packages) !== undefined);
  const dependencies = Object.fromEntries(found.map((name) => [name, '*']));
  writeFileSync(file, `${JSON.stringify({ ...kept, dependencies }, null, 2)}\n`);
}
