'use strict';
// The thread of one embedded Redis: teaches Node to read the runner's TypeScript, and no other.
const path = require('node:path');
const { register } = require('../../compile.cjs');

const runner = path.join(__dirname, '../..') + path.sep;
register((file) => file.startsWith(runner));
// @ts-expect-error Node finds the .ts file through the hook
require('./serve.ts');
