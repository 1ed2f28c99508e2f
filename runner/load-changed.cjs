'use strict';
// Loads a package that has to be changed for us: its files stay as they were installed.
const fs = require('node:fs');
const path = require('node:path');
const { run } = require('./code-cache.cjs');

/** @type {Record<string, (module: NodeJS.Module, file: string) => void>} */
const loaders = /** @type {any} */ (require('node:module'))._extensions;

/**
 * What V8 makes of the changed text is kept with that text, by the state of the file: whoever changes
 * the change gives the store in code-cache.cjs another number.
 * @template Result
 * @param {string} folder absolute
 * @param {(text: string) => string} change of each .js file below the folder that is loaded meanwhile
 * @param {() => Result} load
 * @returns {Result} what `load` gives
 */
function loadChanged(folder, change, load) {
  const before = loaders['.js'];
  loaders['.js'] = (module, file) => {
    if (!file.startsWith(folder + path.sep)) return before?.(module, file);
    run(module, file, () => change(fs.readFileSync(file, 'utf8')));
  };
  try {
    return load();
  } finally {
    if (before) loaders['.js'] = before;
  }
}

module.exports = { loadChanged };
