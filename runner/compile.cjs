'use strict';
/*
 * TypeScript (and ECMAScript modules in .js files) to CommonJS, by ts-node, kept by content.
 * The runner itself and the programs that it runs come through here. It is plain JavaScript
 * because nothing can compile it before it is there.
 */
const { createHash } = require('node:crypto');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');

/**
 * Node's table of file endings: old, but the one way in for CommonJS on every Node we run on.
 * @type {Record<string, (module: { _compile(code: string, file: string): void }, file: string) => void>}
 */
// biome-ignore lint/suspicious/noExplicitAny: the type packages leave this table out
const loaders = /** @type {any} */ (require('node:module'))._extensions;

const root = path.dirname(__dirname);

/** What the output depends on beside the source: part of each cache key. */
const recipe = `1 ${require('typescript/package.json').version}`;

/** @type {import('ts-node').Service | undefined} */
let service;

/**
 * Compiles one file's text to CommonJS; the result is kept under the hash of name and text.
 * @param {string} file its path: the ending decides how it is read, errors name it
 * @param {string} source the file's text
 * @returns {string} JavaScript with an inline source map
 * @throws ts-node's TSError where the text does not parse
 */
function compile(file, source) {
  const key = createHash('sha256').update(`${recipe}\0${file}\0${source}`).digest('hex');
  const kept = path.join(cacheFolder(), `${key}.js`);
  try {
    return fs.readFileSync(kept, 'utf8');
  } catch {
    // Not compiled yet.
  }
  service ??= createService();
  const output = service.compile(source, file);
  keep(kept, output);
  return output;
}

/**
 * Makes `require` read .ts files through {@link compile}.
 * @param {(file: string) => boolean} applies which files; the others keep Node's own way
 * @param {string[]} endings with the dot
 */
function register(applies, endings) {
  for (const ending of endings) {
    const before = loaders[ending] ?? loaders['.js'];
    loaders[ending] = (module, file) => {
      if (!applies(file)) return before?.(module, file);
      return module._compile(compile(file, fs.readFileSync(file, 'utf8')), file);
    };
  }
}

function createService() {
  return require('ts-node').create({
    cwd: root,
    transpileOnly: true,
    skipProject: true,
    compilerOptions: {
      module: 'commonjs',
      moduleResolution: 'node10',
      ignoreDeprecations: '6.0',
      target: 'es2022',
      esModuleInterop: true,
      allowJs: true,
    },
  });
}

/** @type {string | undefined} */
let folder;

function cacheFolder() {
  if (folder) return folder;
  const own = path.join(root, 'node_modules', '.cache', 'queuing-workbook');
  const shared = path.join(os.tmpdir(), `queuing-workbook-${os.userInfo().username}`);
  for (const candidate of [own, shared]) {
    try {
      fs.mkdirSync(candidate, { recursive: true, mode: 0o700 });
      fs.accessSync(candidate, fs.constants.W_OK);
      folder = candidate;
      return candidate;
    } catch {
      // The next one; with neither, every start compiles anew.
    }
  }
  folder = own;
  return own;
}

/**
 * Written beside and renamed, so that two runners never read half a file.
 * @param {string} file
 * @param {string} text
 */
function keep(file, text) {
  const beside = `${file}.${process.pid}`;
  try {
    fs.writeFileSync(beside, text);
    fs.renameSync(beside, file);
  } catch {
    // A cache that cannot be written costs time, nothing else.
  }
}

module.exports = { compile, register };
