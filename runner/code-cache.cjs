'use strict';
/*
 * What V8 made of the runner's modules and of its packages, kept from one run to the next: reading
 * and compiling TypeScript alone takes longer than a whole check. Node does so by itself from 22.1
 * on, for what it compiles; this serves all that we run on, and keeps our compiled text with it.
 * Plain JavaScript, as the loading of everything else stands on it.
 */
const fs = require('node:fs');
const path = require('node:path');
const vm = require('node:vm');
const { isAscii } = require('node:buffer');
const Module = require('node:module');
const { cacheFolder } = require('./cache-folder.cjs');
const { writeAtomically } = require('./write-atomically.cjs');

/**
 * What is kept of one module: from which state of its file, and where in the store's bytes.
 * @typedef {{ mtimeMs: number, size: number, text?: [number, number], data: [number, number] }} Entry
 * @typedef {{ text?: string, data: Buffer }} Kept
 * @typedef {{ mtimeMs: number, size: number, text?: string, script: vm.Script }} Fresh
 */

/** @type {Record<string, Entry>} */
let index = {};
/** The store, open: what is asked for is read from it piece by piece. */
let descriptor = -1;
/** Where its pieces begin, behind the index. */
let start = 0;
/** @type {Map<string, Fresh>} */
const added = new Map();

const project = path.dirname(__dirname) + path.sep;
const checks = path.join(project, 'checks') + path.sep;

/** What one Node keeps is of no use to another. */
const store = path.join(cacheFolder(), `code-2-${process.version}-${process.arch}`);

/**
 * @param {string} file absolute
 * @returns {Kept | undefined} nothing where it was not kept, or has changed
 */
function lookUp(file) {
  const entry = index[file];
  if (!entry) return undefined;
  const { mtimeMs, size } = fs.statSync(file);
  if (mtimeMs !== entry.mtimeMs || size !== entry.size) return undefined;
  try {
    const data = piece(entry.data);
    return entry.text ? { text: piece(entry.text).toString(), data } : { data };
  } catch {
    return undefined; // The store is shorter than it says.
  }
}

/**
 * @param {[number, number]} place
 * @throws where the store cannot be read so far
 */
function piece([from, to]) {
  const bytes = Buffer.allocUnsafeSlow(to - from);
  const read = fs.readSync(descriptor, bytes, 0, bytes.length, start + from);
  if (read < bytes.length) throw new RangeError(`${store} ends too early`);
  return bytes;
}

/**
 * Runs a CommonJS module, and keeps what V8 made of it.
 * @param {NodeJS.Module} module
 * @param {string} file absolute
 * @param {() => string} [compile] gives its JavaScript where that is not what the file holds
 */
function run(module, file, compile) {
  const kept = lookUp(file);
  const own = compile !== undefined;
  const text = own ? (kept?.text ?? withoutMap(compile())) : readScript(file);
  // On Node 20 a script made from kept data has lost how it imports later.
  const importsLater = /\bimport\s*\(/.test(text);
  const script = new vm.Script(Module.wrap(text), {
    filename: file,
    importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    ...(kept && !importsLater ? { cachedData: kept.data } : {}),
  });
  // Tests load themselves once, and a course elsewhere may be gone tomorrow: to keep them would cost more.
  const isOurs = file.startsWith(project) && !file.startsWith(checks);
  if (isOurs && (!kept || script.cachedDataRejected)) {
    const { mtimeMs, size } = fs.statSync(file);
    added.set(file, { mtimeMs, size, script, ...(own ? { text } : {}) });
  }
  const enter = script.runInThisContext();
  const folder = path.dirname(file);
  enter.call(module.exports, module.exports, requireOf(module), module, file, folder);
}

/**
 * Has the packages below a folder come through here, their ECMAScript modules as CommonJS: Node
 * keeps nothing of such modules, and finds their imports one by one.
 * @param {string} folder absolute
 * @param {(file: string) => boolean} isModule
 * @param {(file: string) => string} compile
 */
function keepPackages(folder, isModule, compile) {
  const loaders = /** @type {any} */ (Module)._extensions;
  const before = loaders['.js'];
  loaders['.js'] = (/** @type {NodeJS.Module} */ module, /** @type {string} */ file) => {
    if (file.endsWith('.mjs') || !file.startsWith(folder + path.sep)) return before(module, file);
    const known = index[file];
    const compiled = known ? known.text !== undefined : isModule(file);
    run(module, file, compiled ? () => compile(file) : undefined);
  };
}

/**
 * The `require` of a module, as Node makes it.
 * @param {NodeJS.Module} module
 */
function requireOf(module) {
  const own = Module.createRequire(module.filename);
  const { resolve, cache, extensions, main } = own;
  const require = (/** @type {string} */ request) => module.require(request);
  return Object.assign(require, { resolve, cache, extensions, main });
}

/**
 * Nobody reads the workbook's own source maps, and they are longer than the code.
 * @param {string} code
 */
function withoutMap(code) {
  return code.replace(/^\/\/# sourceMappingURL=.*$/m, '');
}

/** @param {string} file */
function readScript(file) {
  const content = fs.readFileSync(file);
  // One byte a character is read, and kept in memory, at a fraction of the cost.
  const text = isAscii(content) ? content.toString('latin1') : content.toString('utf8');
  return text.replace(/^\uFEFF/, '').replace(/^#!/, '//');
}

function open() {
  try {
    descriptor = fs.openSync(store, 'r');
    const size = Buffer.alloc(4);
    fs.readSync(descriptor, size, 0, size.length, 0);
    const head = Buffer.alloc(size.readUInt32LE(0));
    fs.readSync(descriptor, head, 0, head.length, size.length);
    index = JSON.parse(head.toString());
    start = size.length + head.length;
  } catch {
    // Nothing was kept yet, or the file is damaged: then it is made anew.
    index = {};
  }
}

/** What this run found is added to what is there by now. */
function save() {
  if (added.size === 0) return;
  open();
  try {
    writeAtomically(store, Buffer.concat(contents()));
  } catch {
    // A cache that cannot be written costs time, nothing else.
  }
}

/** The store's bytes: the length of the index, the index, the pieces. */
function contents() {
  /** @type {Record<string, Entry>} */
  const all = {};
  /** @type {Buffer[]} */
  const parts = [];
  let length = 0;
  /** @param {Buffer} part @returns {[number, number]} */
  const put = (part) => {
    parts.push(part);
    length += part.length;
    return [length - part.length, length];
  };
  for (const [file, { text, data, ...entry }] of Object.entries(index)) {
    if (added.has(file)) continue;
    const moved = text && put(piece(text));
    all[file] = { ...entry, ...(moved ? { text: moved } : {}), data: put(piece(data)) };
  }
  for (const [file, { text, script, ...entry }] of added) {
    const kept = text === undefined ? undefined : put(Buffer.from(text));
    const data = put(script.createCachedData());
    all[file] = { ...entry, ...(kept ? { text: kept } : {}), data };
  }
  const head = Buffer.from(JSON.stringify(all));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  return [size, head, ...parts];
}

open();
process.on('exit', save);

module.exports = { run, keepPackages };
