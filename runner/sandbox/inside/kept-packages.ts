import { isAscii } from 'node:buffer';
import fs from 'node:fs';
import path from 'node:path';
import vm from 'node:vm';
import type { KeepSettings, KeptFile, KeptIndex, KeptPackages } from '../process/settings';
import { eventsDescriptor } from '../process/settings';
import type { LoadedModule } from './loading';
import { isOfPackage } from './own-files';

/*
 * What a package of the workbook's loads: the text of its files, what V8 made of them, and what each
 * of their imports leads to. A package of hundreds of files takes longer to find and to compile than
 * Node takes to start. The runner has it written down once, and each program reads it.
 */

type Resolve = (request: string, parent: NodeJS.Module | undefined, ...rest: unknown[]) => string;

/** Node's class of modules, with what its types leave out. */
interface Modules {
  _resolveFilename: Resolve;
  _extensions: Record<string, (module: LoadedModule, file: string) => void>;
  _cache: NodeJS.Dict<NodeJS.Module>;
  createRequire(file: string): NodeJS.Require;
  wrap(text: string): string;
}

const Module: Modules = require('node:module');

interface Kept extends KeptFile {
  bytes: Buffer;
}

const files = new Map<string, Kept>();
const imports = new Map<string, Record<string, string>>();
const opened = new Set<string>();

/** Has what is kept of a package ready, if something is. */
export function openKept(name: string, kept: KeptPackages = {}): void {
  const store = kept[name];
  if (store === undefined || opened.has(store)) return;
  opened.add(store);
  const bytes = fs.readFileSync(store);
  const start = 4 + bytes.readUInt32LE(0);
  const index: KeptIndex = JSON.parse(bytes.toString('utf8', 4, start));
  const pieces = bytes.subarray(start);
  for (const [file, one] of Object.entries(index.files)) {
    if (!files.has(file)) files.set(file, { ...one, bytes: pieces });
  }
  for (const [file, found] of Object.entries(index.imports)) {
    if (!imports.has(file)) imports.set(file, found);
  }
}

/** What an import of a kept file leads to; nothing for any other. */
export function keptImport(
  request: string,
  parent: NodeJS.Module | null | undefined,
): string | undefined {
  const found = parent && imports.get(parent.filename);
  return found && Object.hasOwn(found, request) ? found[request] : undefined;
}

/** Runs a file as it was kept. @returns whether it was */
export function runKept(module: LoadedModule, file: string): boolean {
  const kept = files.get(file);
  if (!kept) return false;
  const { bytes, ascii, text, data } = kept;
  const source = bytes.toString(ascii ? 'latin1' : 'utf8', ...text);
  enter(module, file, compile(file, source, bytes.subarray(...data)));
  return true;
}

/** Loads a package, writes down what it took, and ends. */
export function keepPackage({ keep, fallbackModules }: KeepSettings): never {
  const imports: KeptIndex['imports'] = {};
  const scripts = new Map<string, { text: string; script: vm.Script }>();
  const resolve = Module._resolveFilename;
  Module._resolveFilename = (request, parent, ...rest) => {
    const found = resolve(request, parent, ...rest);
    const [, options] = rest;
    if (parent && options === undefined && isOfPackage(parent.filename)) {
      imports[parent.filename] = { ...imports[parent.filename], [request]: found };
    }
    return found;
  };
  const load = Module._extensions['.js'];
  Module._extensions['.js'] = (module, file) => {
    const plain = module._compile;
    module._compile = function (text, name, ...rest) {
      const wrapped = Module.wrap(text);
      const script = rest[0] === 'module' ? undefined : scriptOf(name, wrapped);
      if (!script) return plain.call(this, text, name, ...rest);
      scripts.set(name, { text: wrapped, script });
      enter(this, name, script);
    };
    load?.(module, file);
  };
  Module.createRequire(path.join(fallbackModules, 'programs.js'))(keep);

  const parts: Buffer[] = [];
  let length = 0;
  const put = (part: Buffer): [number, number] => {
    parts.push(part);
    length += part.length;
    return [length - part.length, length];
  };
  const files: KeptIndex['files'] = {};
  for (const [file, { text, script }] of scripts) {
    const { mtimeMs, size } = fs.statSync(file);
    const bytes = Buffer.from(text);
    const [ascii, data] = [isAscii(bytes), script.createCachedData()];
    files[file] = { mtimeMs, size, ascii, text: put(bytes), data: put(data) };
  }
  const index = Buffer.from(
    JSON.stringify({ workbook: fallbackModules, files, imports } satisfies KeptIndex),
  );
  const head = Buffer.alloc(4);
  head.writeUInt32LE(index.length);
  for (let rest = Buffer.concat([head, index, ...parts]); rest.length > 0; ) {
    rest = rest.subarray(fs.writeSync(eventsDescriptor, rest));
  }
  process.exit();
}

/** @returns nothing for what is no script, or imports later: one that was kept has lost how, on Node 20 */
function scriptOf(file: string, text: string): vm.Script | undefined {
  if (/\bimport\s*\(/.test(text)) return undefined;
  try {
    return compile(file, text);
  } catch {
    return undefined;
  }
}

function compile(filename: string, text: string, cachedData?: Buffer): vm.Script {
  return new vm.Script(text, { filename, ...(cachedData ? { cachedData } : {}) });
}

function enter(module: LoadedModule, file: string, script: vm.Script): void {
  const enter = script.runInThisContext();
  enter.call(module.exports, module.exports, requireOf(module), module, file, path.dirname(file));
}

/** The `require` of a module, as Node makes it. */
function requireOf(module: NodeJS.Module): NodeJS.Require {
  const require = (request: string) => module.require(request);
  const resolve = (request: string, options?: NodeJS.RequireResolveOptions) =>
    Module._resolveFilename(request, module, false, options);
  const paths = (request: string) => Module.createRequire(module.filename).resolve.paths(request);
  return Object.assign(require, {
    resolve: Object.assign(resolve, { paths }),
    main: process.mainModule,
    extensions: Module._extensions,
    cache: Module._cache,
  }) as unknown as NodeJS.Require;
}
