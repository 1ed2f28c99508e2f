import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { rememberFile } from '../../cache.cjs';

const names = v.array(v.string());

/**
 * What this Node needs to start: its program, and the libraries that it has loaded, by the names by
 * which it found them. To list them takes longer than to start Node, so the list is kept.
 * @returns absolute paths
 */
export function filesOfNode(): string[] {
  const node = process.execPath;
  const { mtimeMs, size } = statSync(node);
  const list = rememberFile(['libraries 1', node, `${mtimeMs} ${size}`], '.json', () =>
    JSON.stringify(loadedLibraries()),
  );
  const libraries = v.parse(names, JSON.parse(readFileSync(list, 'utf8')));
  return [node, realpathSync(node), ...libraries, ...settings];
}

/** Where libraries are found that are in no usual place, and what time it is here. */
const settings = ['/etc/ld.so.cache', '/etc/localtime'];

function loadedLibraries(): string[] {
  const { report } = process;
  if (!report) return [];
  // It would look up the names of all addresses in use.
  const before: unknown = Reflect.get(report, 'excludeNetwork');
  Reflect.set(report, 'excludeNetwork', true);
  const told = v.parse(v.object({ sharedObjects: names }), report.getReport());
  Reflect.set(report, 'excludeNetwork', before);
  return told.sharedObjects
    .filter((name) => path.isAbsolute(name))
    .map((name) => path.normalize(name));
}
