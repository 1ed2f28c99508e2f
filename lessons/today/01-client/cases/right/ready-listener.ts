import { createClient } from 'redis';

const reconnectStrategy = (retries: number) => (retries < 2 ? 20 : false);
const client = createClient({ socket: { reconnectStrategy } })
  .on('ready', () => console.log('Redis client connected to the server'))
  .on('error', (error: Error) =>
    console.log(`Redis client not connected to the server: ${error.message}`),
  );

(async () => {
  await client.connect();
  console.log(`Reply: ${await client.sendCommand(['PING'])}`);
  client.destroy();
})();
