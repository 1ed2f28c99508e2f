'use strict';
/*
 * Keeps what is costly to make under the hash of what it is made from: a changed input makes a new
 * entry, and nothing ever has to be thrown away to be right. Plain JavaScript, as the compiler
 * stands on it.
 */
const fs = require('node:fs');
const path = require('node:path');
const { cacheFolder } = require('./cache-folder.cjs');
const { writeAtomically } = require('./write-atomically.cjs');

/**
 * What was made from these inputs before, or is made now.
 * @param {string[]} inputs everything that the result depends on
 * @param {() => string} make called at most once; what it throws is thrown, and not kept
 * @returns {string}
 */
function remember(inputs, make) {
  const file = place(inputs, '.js');
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // Not made yet.
  }
  const text = make();
  keep(file, text);
  return text;
}

/**
 * As {@link remember}, for what takes its time to make.
 * @param {string[]} inputs
 * @param {() => Promise<string>} make
 * @returns {Promise<string>}
 */
async function rememberLater(inputs, make) {
  const file = place(inputs, '.js');
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    // Not made yet.
  }
  const text = await make();
  keep(file, text);
  return text;
}

/**
 * As {@link remember}, for what is to be read from its file.
 * @param {string[]} inputs
 * @param {string} ending the file's, with the dot
 * @param {() => string | Uint8Array} make
 * @returns {string} the file, absolute
 * @throws what `make` throws, and where the file cannot be written
 */
function rememberFile(inputs, ending, make) {
  const file = place(inputs, ending);
  if (!fs.existsSync(file)) writeAtomically(file, make());
  return file;
}

/**
 * @param {string[]} inputs
 * @param {string} ending
 */
function place(inputs, ending) {
  const key = require('node:crypto').createHash('sha256').update(inputs.join('\0')).digest('hex');
  return path.join(cacheFolder(), `${key}${ending}`);
}

/**
 * @param {string} file
 * @param {string} text
 */
function keep(file, text) {
  try {
    writeAtomically(file, text);
  } catch {
    // A cache that cannot be written costs time, nothing else.
  }
}

module.exports = { remember, rememberLater, rememberFile };
