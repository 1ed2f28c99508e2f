import fs from 'node:fs';
import path from 'node:path';
import { rememberFile } from '../../cache.cjs';
import { compile } from '../../compile.cjs';

/*
 * A program's side of the sandbox is a dozen modules. Finding, reading and compiling each of them
 * would cost every program as much as Node's own start, so they are put into one file, once.
 */

let made: string | undefined;

/**
 * The file that `node` is to start: all of `program/launch.ts` in one.
 * @throws where no folder for it can be written to
 */
export function programSide(): string {
  made ??= make();
  return made;
}

function make(): string {
  const sources = collect(path.join(__dirname, '../inside/launch.ts'));
  const inputs = Object.entries(sources).flat();
  return rememberFile(['program-side 1', ...inputs], '.cjs', () => bundle(sources));
}

/** The modules by their names relative to this folder, the first one first. */
function collect(file: string, found: Record<string, string> = {}): Record<string, string> {
  const name = nameOf(file);
  if (name in found) return found;
  const text = fs.readFileSync(file, 'utf8');
  found[name] = text;
  for (const [, request = ''] of text.matchAll(/^(?:import (?!type).*|\}) from '(\.[^']+)'/gm)) {
    collect(`${path.resolve(path.dirname(file), request)}.ts`, found);
  }
  return found;
}

/** Each module becomes a function, as Node makes one of each file; errors in them name no file of ours. */
function bundle(sources: Record<string, string>): string {
  const [first = ''] = Object.keys(sources);
  const modules = Object.entries(sources).map(([name, text]) => {
    const code = compile(path.join(__dirname, name), text)
      .replace(/^\/\/# sourceMappingURL=.*$/m, '')
      .replaceAll(/require\("(\.[^"]+)"\)/g, (_, request: string) => {
        const target = path.resolve(__dirname, path.dirname(name), request);
        return `load(${JSON.stringify(nameOf(`${target}.ts`))})`;
      });
    return `${JSON.stringify(name)}: function (exports) {${code}}`;
  });
  return `'use strict';
const modules = {${modules.join(',\n')}};
const loaded = {};
function load(name) {
  if (!(name in loaded)) modules[name]((loaded[name] = {}));
  return loaded[name];
}
load(${JSON.stringify(first)});
`;
}

function nameOf(file: string): string {
  return path.relative(__dirname, file).split(path.sep).join('/');
}
