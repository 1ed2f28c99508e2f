'use strict';
/*
 * How a module of Node's kind sees what it imports, for such modules compiled to CommonJS: a
 * CommonJS package is its default export whole, whatever the package says of itself.
 * https://nodejs.org/api/esm.html#interoperability-with-commonjs
 */
const { pathToFileURL } = require('node:url');
const { types } = require('node:util');
const path = require('node:path');

/** The exports of the modules that were compiled from ECMAScript modules. */
const own = new WeakSet();

/** For the exports of those with a top level that awaits, the promise of its end. */
const ends = new WeakMap();

/**
 * A module begins.
 * @param {object} exports
 * @returns the helpers that TypeScript's output looks for on `this`
 */
function enter(exports) {
  own.add(exports);
  return { __importDefault, __importStar };
}

/**
 * A module's top level awaits something.
 * @param {object} exports
 * @param {Promise<void>} end of its top level
 */
function pending(exports, end) {
  ends.set(exports, end);
  return end;
}

/**
 * The end of a module's top level: at once, unless it awaits something.
 * @param {any} loaded what `require` gave
 * @returns {Promise<void> | undefined}
 */
function endOf(loaded) {
  return typeof loaded === 'object' && loaded !== null ? ends.get(loaded) : undefined;
}

/** @param {any} loaded */
function isModule(loaded) {
  return types.isModuleNamespaceObject(loaded) || (own.has(loaded) && Boolean(loaded.__esModule));
}

/** @param {any} loaded what `require` gave */
function __importDefault(loaded) {
  return isModule(loaded) ? loaded : { default: loaded };
}

/** @param {any} loaded what `require` gave */
function __importStar(loaded) {
  if (isModule(loaded)) return loaded;
  const star = {};
  const named = loaded === null || loaded === undefined ? [] : Object.keys(Object(loaded));
  for (const name of named) {
    Object.defineProperty(star, name, { enumerable: true, get: () => loaded[name] });
  }
  return Object.defineProperty(star, 'default', { enumerable: true, value: loaded });
}

/**
 * What `import.meta` holds.
 * @param {{ filename: string, require: NodeJS.Require }} module
 */
function meta({ filename, require }) {
  return {
    url: pathToFileURL(filename).href,
    filename,
    dirname: path.dirname(filename),
    /** @param {string} request */
    resolve: (request) => pathToFileURL(require.resolve(request)).href,
  };
}

module.exports = { enter, pending, endOf, meta };
