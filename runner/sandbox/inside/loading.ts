/** What is being loaded: `require(request)` in the module `parent`. */
export interface Loading {
  request: string;
  parent: NodeJS.Module | null | undefined;
}

/** A module while it is loaded: Node's, with what its types leave out. */
export interface LoadedModule extends NodeJS.Module {
  _compile(code: string, file: string, ...rest: unknown[]): void;
}

/** Sees each module that the program loads. */
export interface LoadWatch {
  before?(loading: Loading): void;
  /** @returns what `require` is to return */
  after?(loading: Loading, loaded: unknown): unknown;
}

type Load = (
  request: string,
  parent?: NodeJS.Module | null,
  isMain?: boolean,
  ...rest: unknown[]
) => unknown;

/** Node's loader: old and undocumented, but stable, and the one way in for CommonJS. */
const loader: { _load: Load } = require('node:module');

const plainLoad = loader._load;

/** Has every load watched, in one place: each one more would stand in the learner's stack traces. */
export function watchLoads(watches: readonly LoadWatch[]): void {
  loader._load = (request, parent, ...rest) => {
    const loading = { request, parent };
    for (const watch of watches) watch.before?.(loading);
    let loaded = plainLoad(request, parent, ...rest);
    for (const watch of watches) if (watch.after) loaded = watch.after(loading, loaded);
    return loaded;
  };
}

/** Runs a file as if it had been named on the command line. @returns what it exports */
export function runMain(file: string): unknown {
  return loader._load(file, null, true);
}
