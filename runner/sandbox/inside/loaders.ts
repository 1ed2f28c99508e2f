import fs from 'node:fs';
import path from 'node:path';
import { programEndings } from '../../program-file';
import type { CompiledFile, ProgramSettings } from '../process/settings';
import { runKept } from './kept-packages';
import type { LoadedModule } from './loading';
import { isOfPackage } from './own-files';

/** What a program has before it knows the rest. */
export type Settings = Pick<ProgramSettings, 'fallbackModules'> & Partial<ProgramSettings>;

type Compiler = typeof import('../../compile.cjs');

/** Node's table of file endings: old, but the one way in for CommonJS on every Node we run on. */
const loaders: Record<string, (module: LoadedModule, file: string) => void> =
  require('node:module')._extensions;

/**
 * Has `require` read the learner's .ts and .js files as the runner compiled them. A file that it
 * did not foresee, or that has changed since, is compiled here: then the compiler is loaded too.
 */
export function readCompiled(settings: Settings): void {
  const runner = path.join(settings.fallbackModules, 'runner') + path.sep;
  // The workbook itself may be installed below a node_modules; its compiler is no program's file.
  const isForeign = (file: string) =>
    (file.startsWith(runner) && file.endsWith('.cjs')) ||
    isOfPackage(file, settings.fallbackModules);
  for (const ending of programEndings) {
    const before = loaders[ending] ?? loaders['.js'];
    loaders[ending] = (module, file) => {
      if (runKept(module, file)) return;
      const wasMapped = isMapped;
      const isOthers = isForeign(file);
      // Node would look for the map of each file of a package, and some have hundreds.
      mapSources(!isOthers);
      try {
        if (isOthers) return before?.(module, file);
        const kept = settings.compiled?.[file];
        if (kept && isStill(file, kept)) {
          return module._compile(fs.readFileSync(kept.code, 'utf8'), file);
        }
        const { compileLearners } = compiler(settings);
        module._compile(
          compileLearners(file, fs.readFileSync(file, 'utf8'), settings.reader ?? 'babel'),
          file,
        );
      } finally {
        mapSources(wasMapped);
      }
    };
  }
}

/** Whether what is loaded now has its lines told as they stand in the source. */
let isMapped = true;

function mapSources(mapped: boolean): void {
  if (mapped !== isMapped) process.setSourceMapsEnabled(mapped);
  isMapped = mapped;
}

/** The workbook's compiler, loaded when it is asked for. */
export function compiler(settings: Settings): Compiler {
  return require(path.join(settings.fallbackModules, 'runner', 'compile.cjs'));
}

function isStill(file: string, kept: CompiledFile): boolean {
  const { mtimeMs, size } = fs.statSync(file);
  return mtimeMs === kept.mtimeMs && size === kept.size;
}
