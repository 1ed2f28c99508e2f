'use strict';
/*
 * For `node -r`: ends the process by KILL at the n-th call that it makes of the file system once
 * the marker file's folder is being written, before or after the call itself.
 * KILL_AT: the call's number, from 1. KILL_HALF: a write is cut in its middle first.
 */
const fs = require('node:fs');

const at = Number(process.env.KILL_AT);
const half = process.env.KILL_HALF === '1';
let calls = 0;

/** What is open of the marker file's folder: others in the process have files of their own. */
const open = new Set();

for (const name of [
  'mkdirSync',
  'openSync',
  'closeSync',
  'fstatSync',
  'statSync',
  'readFileSync',
  'writeFileSync',
  'linkSync',
  'readdirSync',
  'renameSync',
  'rmSync',
]) {
  const call = /** @type {any} */ (fs)[name];
  /** @type {any} */ (fs)[name] = (/** @type {any[]} */ ...args) => {
    const [first] = args;
    const ours = open.has(first) || String(first).includes('.workbook');
    if (ours) {
      calls += 1;
      if (calls === at) {
        if (half && name === 'writeFileSync')
          call(args[0], String(args[1]).slice(0, String(args[1]).length / 2));
        process.kill(process.pid, 'SIGKILL');
      }
    }
    const result = call(...args);
    if (ours && name === 'openSync') open.add(result);
    if (name === 'closeSync') open.delete(first);
    return result;
  };
}
process.on('exit', () => fs.writeSync(2, `${calls} calls\n`));
