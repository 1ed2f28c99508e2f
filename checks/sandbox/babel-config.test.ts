import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { presetOf } from '../../runner/babel-config.cjs';
import { compileLearners } from '../../runner/compile.cjs';
import { withFolder } from '../support/course-folder';
import { suite } from '../support/suite';

/* A course folder's .js files are compiled as its own Babel is told to. */

const test = suite('Babel’s configuration');

const preset = '"@babel/preset-env"';
const current = `{ "presets": [[${preset}, { "targets": { "node": "current" } }]] }`;

/** What is read of a folder with these files; nothing where they leave let and const as they are. */
const folders: { files: Record<string, string>; preset: object | undefined }[] = [
  { files: {}, preset: undefined },
  { files: { '.babelrc': `{ "presets": [${preset}] }` }, preset: {} },
  { files: { '.babelrc': current }, preset: undefined },
  {
    files: { '.babelrc': "// ours\n{ presets: [['env', { targets: { browsers: ['ie 11'] } }]], }" },
    preset: { targets: { browsers: ['ie 11'] } },
  },
  { files: { '.babelrc': '{ "presets": ["@babel/preset-typescript"] }' }, preset: undefined },
  { files: { 'babel.config.json': '{ "presets": ["@babel/env"] }' }, preset: {} },
  {
    files: {
      'babel.config.js':
        "module.exports = (api) => {\n  api.cache(true);\n  const presets = [['@babel/env', { targets: { node: 10 } }]];\n  return { presets };\n};",
    },
    preset: { targets: { node: 10 } },
  },
  { files: { 'package.json': `{ "babel": { "presets": [${preset}] } }` }, preset: {} },
  {
    files: {
      'package.json': `{ "scripts": { "dev": "nodemon --exec babel-node --presets @babel/preset-env" } }`,
      '.babelrc': current,
    },
    preset: {},
  },
  { files: { '.babelrc': '{ "presets": [' }, preset: undefined },
];

test.rows(
  folders,
  ({ files }) => Object.values(files).join(' ') || 'none',
  ({ files, preset }) =>
    withFolder(async (folder) => {
      for (const [name, text] of Object.entries(files))
        writeFileSync(path.join(folder, name), text);
      assert.equal(presetOf(path.join(folder, 'a.js')), preset);
    }),
);

test('one above counts, as far as the package goes', () =>
  withFolder(async (folder) => {
    const below = path.join(folder, 'below');
    mkdirSync(below);
    writeFileSync(path.join(folder, '.babelrc'), `{ "presets": [${preset}] }`);
    assert.equal(presetOf(path.join(below, 'a.js')), {});
    writeFileSync(path.join(below, 'package.json'), '{}');
    assert.is(presetOf(path.join(below, 'a.js')), undefined);
  }));

test('without targets const is var, in .js alone, and the lines stay those of the file', () =>
  withFolder(async (folder) => {
    writeFileSync(path.join(folder, '.babelrc'), `{ "presets": [${preset}] }`);
    const text = 'exports.early = late;\n\nconst late = 1;\n';
    const compiled = compileLearners(path.join(folder, 'a.js'), text, 'babel');
    assert.match(compiled, 'var late = 1');
    assert.match(compileLearners(path.join(folder, 'a.ts'), text, 'babel'), 'const late = 1');
    const encoded = compiled.slice(compiled.lastIndexOf('base64,') + 'base64,'.length);
    const map = JSON.parse(Buffer.from(encoded, 'base64').toString());
    assert.equal(map.sources, ['a.js']);
  }));

test.run();
