'use strict';
// Sends SET and GET, so many under way at any time, and prints how many ms that took:
// commands.cjs SOCKET COUNT UNDER-WAY
const redis = require('redis');

const [socket = '', count = 0, pending = 1] = process.argv.slice(2);
const client = redis.createClient(socket);
let sent = 0;
let answered = 0;
let start = 0;

function send() {
  const key = `key:${sent % 1000}`;
  sent += 1;
  if (sent % 2 === 0) client.set(key, `value ${sent}`, next);
  else client.get(key, next);
}

/** @param {Error | null} error */
function next(error) {
  if (error) throw error;
  answered += 1;
  if (answered === Number(count)) {
    console.log(`took ${performance.now() - start}`);
    client.quit();
  } else if (sent < Number(count)) send();
}

client.once('ready', () => {
  start = performance.now();
  for (let first = 0; first < Number(pending); first += 1) send();
});
