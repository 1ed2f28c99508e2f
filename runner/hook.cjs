'use strict';
// For `node -r`: teaches Node to read this project's TypeScript, in scripts and tests.
const path = require('node:path');
const { register } = require('./compile.cjs');

const project = path.dirname(__dirname);
const foreign = path.join(project, 'node_modules') + path.sep;
register((file) => file.startsWith(project + path.sep) && !file.startsWith(foreign));
