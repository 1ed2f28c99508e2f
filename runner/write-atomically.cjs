'use strict';
/*
 * How the workbook writes every file that somebody may read meanwhile. Plain JavaScript, as the
 * compiler's own cache is written by it.
 */
const fs = require('node:fs');
const path = require('node:path');

/**
 * Puts a file in place in one step: whoever reads it, also after a kill in the middle or on a disk
 * that is full, finds the old one or the new one, whole.
 * @param {string} file
 * @param {string | Uint8Array} content
 * @param {{ mode?: number, flush?: boolean, isNew?: boolean, by?: string }} [options] the mode of a
 *   new file; whether it has to survive a power cut; whether one that is there is left alone; the
 *   folder that it is written in first, on the same disk
 * @returns {boolean} false where one was there and was left alone
 * @throws what the file system says, with nothing left of the new one
 */
function writeAtomically(file, content, options = {}) {
  const { mode, flush, isNew, by = path.dirname(file) } = options;
  // Two processes may have the same id, each in a container of its own.
  const unique = `${process.pid}-${Math.random().toString(36).slice(2, 10)}`;
  const beside = path.join(by, `.${path.basename(file)}.${unique}`);
  try {
    fs.writeFileSync(beside, content, { mode, flush: flush ?? false });
    if (isNew) return placeNew(beside, file);
    fs.renameSync(beside, file);
    return true;
  } catch (error) {
    fs.rmSync(beside, { force: true });
    throw error;
  }
}

/**
 * @param {string} beside
 * @param {string} file
 */
function placeNew(beside, file) {
  try {
    // Of two that do it at once only one succeeds.
    fs.linkSync(beside, file);
  } catch {
    if (!fs.existsSync(file)) {
      // A file system without links.
      fs.renameSync(beside, file);
      return true;
    }
    fs.rmSync(beside);
    return false;
  }
  fs.rmSync(beside);
  return true;
}

module.exports = { writeAtomically };
