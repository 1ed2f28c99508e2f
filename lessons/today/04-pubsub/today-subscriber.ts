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

function logError(error: Error & { code?: string }): void {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
}

async function keep(message: string): Promise<void> {
  console.log(message);
  await client.rPush(MESSAGES, message);
  if (message === 'KILL_SERVER') {
    await subscriber.unsubscribe(CHANNEL);
    await subscriber.close();
    await client.close();
  }
}

async function main(): Promise<void> {
  await Promise.all([client.connect(), subscriber.connect()]);
  console.log('Redis client connected to the server');
  await subscriber.subscribe(CHANNEL, keep);
}

main().catch(() => {
  process.exitCode = 1;
});
