import { createClient, type RedisClientType } from 'redis';

function makeClient(): RedisClientType {
  const client: RedisClientType = createClient({
    socket: { reconnectStrategy: (retries: number) => (retries <= 3 ? 25 * retries : false) },
  });
  client.on('error', (error: NodeJS.ErrnoException) => {
    console.log(`Redis client not connected to the server: ${error.message || error.code}`);
  });
  return client;
}

async function greet(client: RedisClientType): Promise<void> {
  const reply = await client.ping();
  console.log(`Reply: ${reply}`);
}

const client = makeClient();
client
  .connect()
  .then(async () => {
    console.log('Redis client connected to the server');
    await greet(client);
    await client.close();
  })
  .catch(() => {
    process.exitCode = 3;
  });
