import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';

/** One package that the lock file installs. */
export interface LockedPackage {
  /** Its folder below the project's, such as `node_modules/kue/node_modules/redis`. */
  place: string;
  version: string;
  /** Whether it is for some systems only, or has a script to run when it is installed. */
  isNative: boolean;
  /** Whether it holds types alone. */
  isTypes: boolean;
}

const lock = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      dev: v.optional(v.boolean(), false),
      os: v.optional(v.array(v.string())),
      hasInstallScript: v.optional(v.boolean(), false),
    }),
  ),
});

/** What a learner needs, by the lock file of a project: all but what only its tests and builds need. */
export function lockedPackages(project: string): LockedPackage[] {
  const text = readFileSync(path.join(project, 'package-lock.json'), 'utf8');
  const { packages } = v.parse(lock, JSON.parse(text));
  return Object.entries(packages).flatMap(([place, { version, dev, os, hasInstallScript }]) =>
    place === '' || dev || version === undefined
      ? []
      : {
          place,
          version,
          isNative: os !== undefined || hasInstallScript,
          isTypes: place.includes('node_modules/@types/'),
        },
  );
}
