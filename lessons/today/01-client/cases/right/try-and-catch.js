import * as redis from 'redis';

async function run() {
  const client = redis.createClient({
    socket: {
      host: 'localhost',
      port: 6379,
      reconnectStrategy: (retries, cause) => {
        if (retries === 3) return new Error(`gave up: ${cause.message}`);
        return 30;
      },
    },
  });
  client.on('error', ({ message, code }) => {
    console.log(`Redis client not connected to the server: ${message || code}`);
  });
  try {
    await client.connect();
    console.log('Redis client connected to the server');
    console.log('Reply:', await client.ping());
  } catch (error) {
    process.exitCode = 1;
  } finally {
    if (client.isOpen) await client.close();
  }
}

run();
