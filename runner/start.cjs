#!/usr/bin/env node
'use strict';
// The way in: main.ts is TypeScript, so the compiler goes first.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  stop(
    `The workbook needs Node 20.19 or later; this is ${process.versions.node}.`,
    'Install a newer Node.',
  );
}
try {
  require.resolve('typescript/package.json');
} catch {
  stop(
    'The packages of the workbook are not installed yet.',
    'Run npm install in its folder first.',
  );
}
require('./hook.cjs');
// @ts-expect-error Node finds the .ts file through the hook
require('./main.ts');

/**
 * @param {string} message
 * @param {string} next
 */
function stop(message, next) {
  console.error(`Error: ${message}\n  ${next}`);
  process.exit(3);
}
