import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

/** One package that the lock file installs. */
export interface LockedPackage {
  /** Its folder below the project's, such as `node_modules/kue/node_modules/redis`. */
  place: string;
  version: string;
  /** The names of the packages that it asks for. */
  asks: readonly string[];
  /** Whether it is for some systems only, or has a script to run when it is installed. */
  isNative: boolean;
}

const named = v.optional(v.record(v.string(), v.string()), {});

const entry = v.object({
  version: v.string(),
  os: v.optional(v.array(v.string())),
  hasInstallScript: v.optional(v.boolean(), false),
  dependencies: named,
  optionalDependencies: named,
});

const lock = v.object({ packages: v.record(v.string(), entry) });

/** What a project's lock file installs, by place; under '' stands the project itself. */
export function lockedPackages(project: string): Map<string, LockedPackage> {
  const text = readFileSync(path.join(project, 'package-lock.json'), 'utf8');
  const { packages } = v.parse(lock, JSON.parse(text));
  const all = Object.entries(packages).map(
    ([place, { version, os, hasInstallScript, dependencies, optionalDependencies }]) => ({
      place,
      version,
      asks: Object.keys({ ...dependencies, ...optionalDependencies }),
      isNative: os !== undefined || hasInstallScript,
    }),
  );
  return new Map(all.map((one) => [one.place, one]));
}

/** Where Node finds a package by its name from within another; undefined if it is not there. */
export function placeOf(
  name: string,
  from: string,
  packages: ReadonlyMap<string, LockedPackage>,
): string | undefined {
  const around = [...from.matchAll(/(?:^|\/)node_modules\//g)].map(({ index }) =>
    from.slice(0, index),
  );
  return [from, ...around.reverse()]
    .map((folder) => path.posix.join(folder, 'node_modules', name))
    .find((place) => packages.has(place));
}
