import { setTimeout } from 'node:timers/promises';
import { createClient } from 'redis';

const CHANNEL = 'holberton school channel';

const client = createClient({
  socket: {
    reconnectStrategy: (retries) => (retries < 3 ? 100 * (retries + 1) : false),
  },
});

client.on('error', (error: Error & { code?: string }) => {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
});

async function publishMessage(message: string, time: number): Promise<void> {
  await setTimeout(time);
  console.log(`About to send ${message}`);
  await client.publish(CHANNEL, message);
}

async function main(): Promise<void> {
  await client.connect();
  console.log('Redis client connected to the server');
  await Promise.all([
    publishMessage('Holberton Student #1 starts course', 100),
    publishMessage('Holberton Student #2 starts course', 200),
    publishMessage('KILL_SERVER', 300),
    publishMessage('Holberton Student #3 starts course', 400),
  ]);
  await client.close();
}

main().catch(() => {
  process.exitCode = 1;
});
