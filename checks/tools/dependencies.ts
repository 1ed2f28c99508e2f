/*
 * Goes through what the lock file installs: known advisories by version, licences that MIT does not
 * go with, and scripts that run at the installation. npm's audit service is asked as well; where it
 * cannot be, the list in advisories.yml stands alone.
 *   npm run advisories [-- --list] [-- --offline]
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import semver from 'semver';
import * as v from 'valibot';
import { parse } from 'yaml';
import { askAuditService } from './audit-service';

/** What is wrong with one installed package. */
export interface DependencyFault {
  kind: 'advisory' | 'licence' | 'script';
  severity: 'low' | 'moderate' | 'high' | 'critical';
  text: string;
}

const root = path.join(__dirname, '../..');

const advisories = v.array(
  v.strictObject({
    package: v.string(),
    versions: v.string(),
    severity: v.picklist(['low', 'moderate', 'high', 'critical']),
    id: v.string(),
  }),
);

const lock = v.object({
  packages: v.record(
    v.string(),
    v.object({
      version: v.optional(v.string()),
      /** The package's own name, where it is installed under another. */
      name: v.optional(v.string()),
      license: v.optional(v.string()),
      optional: v.optional(v.boolean()),
      hasInstallScript: v.optional(v.boolean()),
    }),
  ),
});

/** Licences whose terms MIT software can be shipped under or beside. */
const compatible = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0', // for each of its files alone, and none of them is changed here
  'PSF-2.0',
  'Python-2.0',
  'Unlicense',
]);

/**
 * Licences that a package names in a file or in an old form only.
 * Each was read in the package itself.
 */
const read: Record<string, string> = { natural: 'MIT', reds: 'MIT', sylvester: 'MIT' };

/**
 * What is wrong by what is known here, without asking anybody.
 * @param text the lock file's
 */
export function dependencyFaults(text = lockText()): DependencyFault[] {
  const known = v.parse(
    advisories,
    parse(readFileSync(path.join(__dirname, 'advisories.yml'), 'utf8')),
  );
  const faults: DependencyFault[] = [];
  for (const { where, name, entry } of installed(text)) {
    const label = `${name} ${entry.version}`;
    for (const one of known) {
      if (one.package !== name || !semver.satisfies(entry.version, one.versions)) continue;
      faults.push({
        kind: 'advisory',
        severity: one.severity,
        text: `${label}: ${one.id} (${one.versions})`,
      });
    }
    if (entry.hasInstallScript) {
      faults.push({
        kind: 'script',
        // .npmrc lets none run; what is optional does without.
        severity: entry.optional ? 'low' : 'high',
        text: `${label} runs a script when it is installed`,
      });
    }
    const licence = entry.license ?? read[name] ?? licenceIn(path.join(root, where));
    if (licence !== undefined && isCompatible(licence)) continue;
    if (licence === undefined && entry.optional) continue;
    faults.push({
      kind: 'licence',
      severity: 'high',
      text: `${label}: ${licence ?? 'no licence named'}`,
    });
  }
  return faults;
}

/** How many packages the lock file installs. */
export function dependencyCount(): number {
  return installed(lockText()).length;
}

function lockText(): string {
  return readFileSync(path.join(root, 'package-lock.json'), 'utf8');
}

/** The packages of a lock file, by their own names. */
function installed(text: string) {
  return Object.entries(v.parse(lock, JSON.parse(text)).packages).flatMap(([where, entry]) => {
    if (where === '' || entry.version === undefined) return [];
    const place = where.slice(where.lastIndexOf('node_modules/') + 'node_modules/'.length);
    return [{ where, name: entry.name ?? place, entry: { ...entry, version: entry.version } }];
  });
}

function isCompatible(licence: string): boolean {
  return licence
    .replace(/[()]/g, '')
    .split(/ OR | or /)
    .some((choice) => choice.split(/ AND /).every((one) => compatible.has(one.trim())));
}

/** The licence as an old package.json names it. */
function licenceIn(folder: string): string | undefined {
  const file = path.join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const form = v.union([v.string(), v.object({ type: v.string() })]);
  const text = v.object({ license: v.optional(form), licenses: v.optional(v.array(form)) });
  const { license, licenses } = v.parse(text, JSON.parse(readFileSync(file, 'utf8')));
  const first = license ?? licenses?.[0];
  return typeof first === 'object' ? first.type : first;
}

if (require.main === module) {
  const words = process.argv.slice(2);
  if (words.includes('--list')) {
    for (const { name, entry } of installed(lockText())) {
      console.log(`${name} ${entry.version}  ${entry.license ?? ''}`);
    }
  }
  const asked = words.includes('--offline')
    ? 'The audit service is not asked.'
    : askAuditService(root);
  if (typeof asked === 'string') console.log(`${asked} What follows is by checks/advisories.yml.`);
  const faults = [...dependencyFaults(), ...(typeof asked === 'string' ? [] : asked)];
  for (const { kind, severity, text } of faults) console.log(`${severity} ${kind}: ${text}`);
  const grave = faults.filter(({ severity }) => severity === 'high' || severity === 'critical');
  console.log(`${dependencyCount()} packages, ${faults.length} findings, ${grave.length} grave`);
  process.exitCode = grave.length > 0 ? 1 : 0;
}
