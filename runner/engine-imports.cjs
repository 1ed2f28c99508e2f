'use strict';
/*
 * What a course imports of the engine: `#grading` and `#vocabulary/…`. Node reads such names from the
 * nearest package.json; a course that lies outside of the project has none that knows them. Plain
 * JavaScript, as the loading of everything else stands on it.
 */
const path = require('node:path');

/** @type {any} Node's own way to find a module's file: old, and the one way in for CommonJS. */
const Module = require('node:module');

const project = path.dirname(__dirname);
const ours = Module.createRequire(path.join(project, 'package.json'));

/** Has both names mean the workbook's own, in whichever folder the file that imports them lies. */
function lendEngine() {
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (
    /** @type {string} */ request,
    /** @type {NodeJS.Module | undefined} */ parent,
    /** @type {unknown[]} */ ...rest
  ) {
    const isInside = parent?.filename?.startsWith(project + path.sep);
    return isInside || !/^#(?:grading$|vocabulary\/)/.test(request)
      ? resolve.call(this, request, parent, ...rest)
      : ours.resolve(request);
  };
}

module.exports = { lendEngine };
