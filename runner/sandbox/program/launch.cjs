'use strict';
/*
 * What `node` really starts in place of a learner's file: it preloads the sandbox's side and then
 * runs the file as if it had been named on the command line.
 */
const Module = require('node:module');
const path = require('node:path');
const { register } = require('../../compile.cjs');

const foreign = `${path.sep}node_modules${path.sep}`;
const project = path.resolve(__dirname, '../../..') + path.sep;
// The workbook itself may be installed below a node_modules.
register(
  (file) => !(file.startsWith(project) ? file.slice(project.length - 1) : file).includes(foreign),
  ['.js', '.ts'],
);

// @ts-expect-error Node finds the .ts file through the compiler registered above
const { main } = require('./preload.ts');

process.argv.splice(1, 1);
// @ts-expect-error the loader's own entry for a main module, left out of the type packages
Module._load(main, null, true);
