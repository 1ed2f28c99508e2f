/*
 * Students who move, and never more than there are. What is added, and
 * why:
 *
 * - A transaction makes both changes or none, but it asks nothing: it
 *   would leave a school with -10 students. So the number is read
 *   first.
 * - Between that read and the transaction another program may move
 *   students as well. WATCH makes Redis refuse the transaction then,
 *   and all begins anew with the number as it is now.
 * - WATCH counts for the connection, not for the function. A program in
 *   which two moves can be under way at once takes a connection for
 *   each from a pool: createClientPool().
 */

import { createClient, WatchError } from 'redis';

const KEY = 'HolbertonSchools';

const client = createClient({
  socket: {
    reconnectStrategy: (retries) => (retries < 3 ? 100 * (retries + 1) : false),
  },
});

client.on('error', (error: Error & { code?: string }) => {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
});

/** @throws Error where fewer students are there than are to move */
async function moveStudents(from: string, to: string, count: number): Promise<void> {
  await client.watch(KEY);
  const there = Number(await client.hGet(KEY, from));
  if (there < count) {
    await client.unwatch();
    throw new Error(`${from} has ${there} students: ${count} cannot move`);
  }
  try {
    const [left, arrived] = await client
      .multi()
      .hIncrBy(KEY, from, -count)
      .hIncrBy(KEY, to, count)
      .exec();
    console.log(`${from}: ${left}, ${to}: ${arrived}`);
  } catch (error) {
    if (!(error instanceof WatchError)) throw error;
    await moveStudents(from, to, count);
  }
}

async function main(): Promise<void> {
  try {
    await client.connect();
    console.log('Redis client connected to the server');

    const added = await client.hSet(KEY, {
      Portland: 50,
      Seattle: 80,
      'New York': 20,
      Bogota: 20,
      Cali: 40,
      Paris: 2,
    });
    console.log(`Reply: ${added}`);
    console.log(await client.hGetAll(KEY));
    console.log(`Paris: ${await client.hIncrBy(KEY, 'Paris', 3)}`);
    await moveStudents('Seattle', 'New York', 10);
    await client.close();
  } finally {
    if (client.isOpen) client.destroy();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
