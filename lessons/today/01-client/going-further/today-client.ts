/*
 * A client for a program that runs for months. What is added, and why:
 *
 * - Each wait is up to twice as long as the one before, and half of it
 *   is chance. Otherwise a hundred programs that lost the same Redis
 *   would all knock at it in the same moment, again and again.
 * - Only a program that starts gives up: whoever started it is there to
 *   see that. One that was connected already comes back, however long
 *   Redis is away.
 * - An attempt ends after a second. A machine that is off does not
 *   refuse, it says nothing, and the client would wait for five.
 * - The client is closed whatever happens. After an error it would keep
 *   the program alive.
 */

import { createClient } from 'redis';

let started = false;

const client = createClient({ socket: { connectTimeout: 1000, reconnectStrategy } });

client.on('ready', () => {
  started = true;
});

client.on('error', (error: Error & { code?: string }) => {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
});

/** @returns how many ms to wait before the next attempt, or that there is none */
function reconnectStrategy(retries: number): number | false {
  if (!started && retries >= 3) return false;
  const longest = Math.min(100 * 2 ** retries, 5000);
  return Math.round(longest / 2 + (Math.random() * longest) / 2);
}

async function main(): Promise<void> {
  try {
    await client.connect();
    console.log('Redis client connected to the server');
    console.log(`Reply: ${await client.ping()}`);
    await client.close();
  } finally {
    if (client.isOpen) client.destroy();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
