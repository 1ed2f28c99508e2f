'use strict';
/*
 * What `node` really starts in place of a learner's file: it preloads the sandbox's side and then
 * runs the file as if it had been named on the command line.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { compile, kindByPackage, register } = require('../../compile.cjs');

const foreign = `${path.sep}node_modules${path.sep}`;
const project = path.resolve(__dirname, '../../..') + path.sep;
// The workbook itself may be installed below a node_modules.
register(
  (file) => !(file.startsWith(project) ? file.slice(project.length - 1) : file).includes(foreign),
  ['.js', '.ts'],
  kindByPackage,
);

// @ts-expect-error Node finds the .ts file through the compiler registered above
const { main, started } = require('./preload.ts');

process.argv.splice(1, 1);
try {
  if (/\.[jt]s$/.test(main)) compile(main, fs.readFileSync(main, 'utf8'), kindByPackage(main));
} catch {
  // What is wrong with it is told when it is loaded.
}
started();
// @ts-expect-error the loader's own entry for a main module, left out of the type packages
Module._load(main, null, true);
