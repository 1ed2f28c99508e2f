/*
 * A subscriber that is part of a service. What is added, and why:
 *
 * - A service is ended by SIGTERM, and at a terminal by Ctrl-C. Both
 *   do here what KILL_SERVER does, and no second one does it again.
 * - The client does not wait for a listener. An error in it that
 *   nobody catches ends the program, and every message after that is
 *   lost. So a message that cannot be stored is told, and the next one
 *   is heard.
 * - It unsubscribes before anything else, so that no message comes that
 *   nobody stores. close() then waits for those that are on their way
 *   into the list.
 *
 * A message that is sent while the subscriber is away is lost all the
 * same. Who must not miss one takes a list or a stream in place of a
 * channel, as the queue of the next lesson does.
 */

import { createClient } from 'redis';

const CHANNEL = 'holberton school channel';
const MESSAGES = 'holberton school messages';

const client = createClient({
  socket: {
    reconnectStrategy: (retries) => (retries < 3 ? 100 * (retries + 1) : false),
  },
});
const subscriber = client.duplicate();

client.on('error', logError);
subscriber.on('error', logError);

let isLeaving = false;

for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, endOnce);

function logError(error: Error & { code?: string }): void {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
}

function hear(message: string): void {
  console.log(message);
  client.rPush(MESSAGES, message).catch((error: Error) => {
    console.error(`Not stored, ${message}: ${error.message}`);
  });
  if (message === 'KILL_SERVER') endOnce();
}

function endOnce(): void {
  if (isLeaving) return;
  isLeaving = true;
  leave().catch(giveUp);
}

async function leave(): Promise<void> {
  await subscriber.unsubscribe(CHANNEL);
  await Promise.all([subscriber.close(), client.close()]);
}

async function main(): Promise<void> {
  await Promise.all([client.connect(), subscriber.connect()]);
  console.log('Redis client connected to the server');
  await subscriber.subscribe(CHANNEL, hear);
}

/** Whatever is open still is let go of. */
function giveUp(): void {
  process.exitCode = 1;
  for (const one of [client, subscriber]) if (one.isOpen) one.destroy();
}

main().catch(giveUp);
