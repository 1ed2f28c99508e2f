'use strict';
/*
 * What the Babel of a course folder is told to do. Its configuration is read and never run. Plain
 * JavaScript, as the compiler stands on it.
 */
const fs = require('node:fs');
const path = require('node:path');
const { remember } = require('./cache.cjs');

/**
 * What preset-env is to compile for, as it is written; without targets it makes ECMAScript 5 of all.
 * @typedef {{ targets?: unknown }} Preset
 */

/** Those of one folder, the first one first. What belongs to the folder goes before what is for all below. */
const configNames = [
  ...['.babelrc', '.babelrc.json', '.babelrc.js', '.babelrc.cjs'],
  ...['babel.config.json', 'babel.config.js', 'babel.config.cjs'],
];

const isPresetEnv = /^(?:module:)?(?:@babel\/(?:preset-)?|babel-preset-)?(?:env|es2015|latest)$/;

/**
 * The preset-env of the folder that a file lies in: by the script that the course starts its programs
 * with, by a configuration there, or by one above it, as far as the package goes.
 * @param {string} file absolute
 * @returns {Preset | undefined} nothing where none is named, or where it is for the Node that runs
 */
function presetOf(file) {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    const manifest = textOf(path.join(folder, 'package.json'));
    const preset = presetIn(folder, manifest);
    if (preset) return isForThisNode(preset) ? undefined : preset;
    if (manifest !== undefined || folder === path.dirname(folder)) return undefined;
  }
}

/**
 * @param {string} folder
 * @param {string} [manifest] its package.json
 */
function presetIn(folder, manifest) {
  const { scripts, babel } = manifest === undefined ? {} : fieldsOf(manifest);
  // Presets on the command line go before those of every file.
  if (Object.values(scripts ?? {}).some(startsWithPreset)) return {};
  if (babel !== undefined) return presetFrom('.babelrc', JSON.stringify(babel));
  for (const name of configNames) {
    const text = textOf(path.join(folder, name));
    const preset = text === undefined ? undefined : presetFrom(name, text);
    if (preset) return preset;
  }
  return undefined;
}

/** @param {unknown} script */
function startsWithPreset(script) {
  const [, presets = ''] = /\bbabel-node\b.*--presets[ =](\S+)/.exec(String(script)) ?? [];
  return presets.split(',').some((name) => isPresetEnv.test(name));
}

/**
 * Whether nothing but the Node that runs is named.
 * @param {Preset} preset
 */
function isForThisNode({ targets }) {
  const { node, ...others } = /** @type {{ node?: unknown }} */ (Object(targets));
  return (node === 'current' || node === true) && Object.keys(others).length === 0;
}

/**
 * @param {string} name the file's
 * @param {string} text
 * @returns {Preset | undefined}
 */
function presetFrom(name, text) {
  const kept = remember(['babel config 1', path.extname(name), text], () => {
    const values = valuesIn(name, text);
    const named = JSON.stringify(values.presets ?? []).match(/"[^"]*"/g) ?? [];
    if (!named.some((one) => isPresetEnv.test(one.slice(1, -1)))) return '';
    return JSON.stringify({ targets: values.targets });
  });
  return kept === '' ? undefined : JSON.parse(kept);
}

/**
 * The first `presets` and the first `targets` that stand in a configuration as plain values.
 * @param {string} name
 * @param {string} text
 * @returns {{ presets?: unknown, targets?: unknown }} nothing of one that cannot be read
 */
function valuesIn(name, text) {
  /** @type {Record<string, unknown>} */
  const found = {};
  /** @param {unknown} node */
  const walk = (node) => {
    if (typeof node !== 'object' || node === null) return;
    const { type, key, id, value, init } = /** @type {SyntaxNode} */ (node);
    const label = type === 'VariableDeclarator' ? id : key;
    const called = label?.name ?? label?.value;
    const content = literal(value ?? init);
    if (typeof called === 'string' && content !== undefined) found[called] ??= content;
    for (const child of Object.values(node)) walk(child);
  };
  const { parse, parseExpression } = require('@babel/parser');
  try {
    walk(
      /\.c?js$/.test(name)
        ? parse(text, { sourceType: 'unambiguous' }).program
        : parseExpression(text),
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return found;
}

/**
 * @typedef {{ name?: string, value?: unknown }} Label
 * @typedef {{
 *   type?: string, key?: Label, id?: Label, value?: unknown, init?: unknown,
 *   elements?: unknown[], properties?: unknown[],
 * }} SyntaxNode
 */

/**
 * The value that an expression writes out.
 * @param {unknown} node
 * @returns {unknown} undefined where it is not plain
 */
function literal(node) {
  if (typeof node !== 'object' || node === null) return undefined;
  const { type, value, elements, properties } = /** @type {SyntaxNode} */ (node);
  switch (type) {
    case 'StringLiteral':
    case 'NumericLiteral':
    case 'BooleanLiteral':
      return value;
    case 'ArrayExpression':
      return elements?.map(literal);
    case 'ObjectExpression':
      return Object.fromEntries(
        (properties ?? []).map((one) => {
          const { key, value: content } = /** @type {SyntaxNode} */ (one);
          return [key?.name ?? key?.value, literal(content)];
        }),
      );
    default:
      return undefined;
  }
}

/**
 * @param {string} manifest
 * @returns {{ scripts?: object, babel?: unknown }}
 */
function fieldsOf(manifest) {
  try {
    return JSON.parse(manifest.replace(/^\uFEFF/, '')) ?? {};
  } catch {
    return {}; // One that is damaged is for npm to complain of.
  }
}

/**
 * @param {string} file
 * @returns {string | undefined}
 */
function textOf(file) {
  if (!fs.existsSync(file)) return undefined;
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return undefined; // A folder, or not ours to read.
  }
}

module.exports = { presetOf };
