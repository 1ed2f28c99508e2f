import { createClient } from 'redis';

const client = createClient({
  socket: {
    reconnectStrategy: (retries) => (retries < 3 ? 100 * (retries + 1) : false),
  },
});

client.on('error', (error: Error & { code?: string }) => {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
});

async function main(): Promise<void> {
  await client.connect();
  console.log('Redis client connected to the server');
  console.log(`Reply: ${await client.ping()}`);
  await client.close();
}

main().catch(() => {
  process.exitCode = 1;
});
