'use strict';
/*
 * What `import … from 'queuing-workbook/redis'` gives. The server runs in a thread: there alone does
 * Node learn to read this project's TypeScript, and a program that computes for long holds up nobody.
 * Plain JavaScript, so that any Node can load it.
 */
const path = require('node:path');
const { Worker } = require('node:worker_threads');

/** @type {typeof import('./redis.d.cts').createRedis} */
async function createRedis(options = {}) {
  const thread = new Worker(path.join(__dirname, 'thread.cjs'), {
    workerData: options,
    execArgv: [],
  });
  const exited = new Promise((resolve) => thread.once('exit', resolve));
  const host = '127.0.0.1';
  const port = await answerOf(thread);
  /** @type {Promise<void> | undefined} */
  let closing;
  const end = async () => {
    thread.postMessage('close');
    await answerOf(thread);
    await exited;
  };
  const close = () => {
    closing ??= end();
    return closing;
  };
  const user = options.password ? `:${encodeURIComponent(options.password)}@` : '';
  return { host, port, url: `redis://${user}${host}:${port}`, close, [Symbol.asyncDispose]: close };
}

/**
 * What the thread says next, or 0 where it has ended.
 * @param {Worker} thread
 * @returns {Promise<number>}
 * @throws what the thread says is wrong, or throws itself
 */
function answerOf(thread) {
  return new Promise((resolve, reject) => {
    const settle = (/** @type {() => void} */ act) => {
      thread.off('message', take).off('error', fail).off('exit', ended);
      act();
    };
    const take = (/** @type {{ port: number, fault?: string }} */ { port, fault }) =>
      settle(() => (fault === undefined ? resolve(port) : reject(new Error(fault))));
    const fail = (/** @type {Error} */ error) => settle(() => reject(error));
    const ended = () => settle(() => resolve(0));
    if (thread.threadId < 0) ended();
    thread.on('message', take).on('error', fail).on('exit', ended);
  });
}

module.exports = { createRedis };
