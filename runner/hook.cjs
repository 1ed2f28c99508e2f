'use strict';
// For `node -r`: teaches Node to read this project's TypeScript, and that of a course wherever it lies.
const path = require('node:path');
const { register } = require('./compile.cjs');
const { lendEngine } = require('./engine-imports.cjs');

const packages = path.join(path.dirname(__dirname), 'node_modules') + path.sep;
register((file) => !file.startsWith(packages));
lendEngine();
