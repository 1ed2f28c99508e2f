import { createClient } from 'redis';

const KEY = 'HolbertonSchools';

const client = createClient({
  socket: {
    reconnectStrategy: (retries) => (retries < 3 ? 100 * (retries + 1) : false),
  },
});

client.on('error', (error: Error & { code?: string }) => {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
});

async function moveStudents(from: string, to: string, count: number): Promise<void> {
  const [left, arrived] = await client
    .multi()
    .hIncrBy(KEY, from, -count)
    .hIncrBy(KEY, to, count)
    .exec();
  console.log(`${from}: ${left}, ${to}: ${arrived}`);
}

async function main(): Promise<void> {
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
}

main().catch(() => {
  process.exitCode = 1;
});
