import { isBuiltin } from 'node:module';
import path from 'node:path';
import type { ProgramSettings, WarmSettings } from '../process/settings';
import { readLateSettings } from './settings-line';

/** Node's class of modules, with what its types leave out. */
interface Modules {
  new (id: string): NodeJS.Module;
  _cache: Record<string, NodeJS.Module | undefined>;
  _nodeModulePaths(folder: string): string[];
}

const Module: Modules = require('node:module');

/** Modules that are loaded, but that the program has not asked for yet. */
const hidden = new Map<string, NodeJS.Module>();

/** Loads what a program is going to ask for, out of its sight. */
export function preload({ imports }: WarmSettings): void {
  const before = new Set(Object.keys(Module._cache));
  for (const { from, packages } of imports) {
    const asking = new Module(from);
    asking.filename = from;
    asking.paths = Module._nodeModulePaths(path.dirname(from));
    for (const name of packages) {
      if (isBuiltin(name)) continue;
      try {
        asking.require(name);
      } catch {
        // It will be told of when the program itself asks for it.
      }
    }
  }
  for (const [file, module] of Object.entries(Module._cache)) {
    if (!module || before.has(file)) continue;
    if (module.loaded) hidden.set(file, module);
    delete Module._cache[file];
  }
}

/** A module is asked for: it shows, and all that it loaded, in the order in which that came. */
export function reveal(file: string): void {
  const module = hidden.get(file);
  if (!module) return;
  hidden.delete(file);
  Module._cache[file] = module;
  for (const child of module.children) reveal(child.filename);
}

/** Waits, without a turn of the event loop, until the runner says what is to be run. */
export function awaitSettings(): ProgramSettings {
  const settings = readLateSettings();
  startClocks();
  return settings;
}

/** Its life begins now, as far as it can tell. */
function startClocks(): void {
  const late = performance.now();
  const now = performance.now.bind(performance);
  const origin = performance.timeOrigin + late;
  const uptime = process.uptime;
  performance.now = () => now() - late;
  Object.defineProperty(performance, 'timeOrigin', { value: origin, configurable: true });
  process.uptime = () => uptime() - late / 1000;
}
