import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { type LockedPackage, lockedPackages } from './lock-file';

/**
 * The packages that travel inside of the workbook's own: those of the lock file. What is for one system
 * only is left out, since the package that would take it does without, and so are types, which nothing
 * reads when it runs.
 */
export function bundledPackages(project: string): LockedPackage[] {
  return lockedPackages(project).filter(({ isNative, isTypes }) => !isNative && !isTypes);
}

/**
 * Copies the packages that are bundled from the project's node_modules, without source maps, which are a
 * third of it and which nobody reads.
 * @param stage the folder of the package that they are bundled into
 * @throws Error if one is not installed, or in another version than the lock file's
 */
export function copyPackages(project: string, stage: string): void {
  const packages = bundledPackages(project);
  const places = new Set(packages.map(({ place }) => place));
  for (const { place, version } of packages) {
    const from = path.join(project, place);
    cpSync(from, path.join(stage, place), {
      recursive: true,
      filter: (file) => {
        const own = path.relative(from, file);
        return !/(^|[\\/])node_modules([\\/]|$)/.test(own) && !own.endsWith('.map');
      },
    });
    settle(path.join(stage, place, 'package.json'), { place, version, places });
  }
}

const manifest = v.looseObject({
  version: v.string(),
  dependencies: v.optional(v.record(v.string(), v.string()), {}),
  optionalDependencies: v.optional(v.record(v.string(), v.string()), {}),
});

interface Settled {
  place: string;
  version: string;
  places: ReadonlySet<string>;
}

/**
 * Has a package ask for what is bundled with it, at any version, and for nothing else: npm would fetch
 * what it misses, and what our overrides have replaced.
 */
function settle(file: string, { place, version, places }: Settled): void {
  const text = v.parse(manifest, JSON.parse(readFileSync(file, 'utf8')));
  if (text.version !== version) {
    throw new Error(
      `${place} is ${text.version}, and not ${version} as in the lock file: run npm ci.`,
    );
  }
  const asked = { ...text.optionalDependencies, ...text.dependencies };
  const found = Object.keys(asked).filter((name) => isFound(name, place, places));
  const dependencies = Object.fromEntries(found.map((name) => [name, '*']));
  const settled = { ...text, dependencies, optionalDependencies: undefined };
  writeFileSync(file, `${JSON.stringify(settled, null, 2)}\n`);
}

/** Whether Node finds a package from within another. */
function isFound(name: string, place: string, places: ReadonlySet<string>): boolean {
  const folders = [...place.matchAll(/(?:^|\/)node_modules\//g)].map(({ index }) =>
    place.slice(0, index),
  );
  return [place, ...folders].some((folder) =>
    places.has(path.posix.join(folder, 'node_modules', name)),
  );
}
