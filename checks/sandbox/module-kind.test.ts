import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { compileLearners, kindOf } from '../../runner/compile.cjs';
import { suite } from '../support/suite';

const test = suite('module-kind');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

const folders = {
  bare: undefined,
  module: { type: 'module' },
  commonjs: { type: 'commonjs' },
  babel: { babel: { presets: ['@babel/preset-env'] } },
};
for (const [name, manifest] of Object.entries(folders)) {
  mkdirSync(path.join(folder, name));
  if (manifest) writeFileSync(path.join(folder, name, 'package.json'), JSON.stringify(manifest));
}

const imports = "import path from 'node:path';\nconsole.log(path.sep);\n";
const awaits = 'console.log(await 1);\n';

const kinds: [what: string, file: string, text: string, babel: string, node: string][] = [
  ['it imports', 'bare/a.js', imports, 'babel', 'module'],
  ['it exports', 'bare/a.ts', 'export const one = 1;\n', 'babel', 'module'],
  ['it awaits at its top', 'bare/a.js', awaits, 'babel', 'module'],
  ['it awaits, and requires', 'bare/a.js', `require('fs');\n${awaits}`, 'babel', 'babel'],
  ['it awaits in a function', 'bare/a.js', `(async () => {\n${awaits}})();\n`, 'babel', 'babel'],
  ['it only speaks of it', 'bare/a.js', "console.log('export');\n", 'babel', 'babel'],
  ['package.json says module', 'module/a.js', "require('fs');\n", 'module', 'module'],
  ['package.json says commonjs', 'commonjs/a.js', imports, 'babel', 'babel'],
  ['Babel compiles the folder', 'babel/a.js', imports, 'babel', 'babel'],
  ['Babel compiles no TypeScript', 'babel/a.ts', imports, 'babel', 'module'],
  ['it ends with .mjs', 'commonjs/a.mjs', imports, 'module', 'module'],
  ['it ends with .mts', 'bare/a.mts', imports, 'module', 'module'],
  ['it ends with .cjs', 'module/a.cjs', "require('fs');\n", 'babel', 'babel'],
  ['it ends with .cts', 'module/a.cts', "require('fs');\n", 'babel', 'babel'],
];

for (const [what, name, text, babel, node] of kinds) {
  test(`a file is read as Babel and as Node would read it: ${what}`, () => {
    const file = path.join(folder, name);
    assert.is(kindOf(file, text, 'babel'), babel);
    assert.is(kindOf(file, text, 'node'), node);
  });
}

test('whatever its ending, a module becomes CommonJS, and an error names its file', () => {
  for (const ending of ['js', 'ts', 'mjs', 'mts']) {
    const file = path.join(folder, 'bare', `b.${ending}`);
    assert.match(compileLearners(file, imports, 'node'), /require\("node:path"\)/);
    assert.not.match(compileLearners(file, imports, 'node'), /^import /m);
    assert.throws(
      () => compileLearners(file, 'import {;\n', 'node'),
      (error: Error) => error.message.includes(`b.${ending}`),
    );
  }
});

test.run();
