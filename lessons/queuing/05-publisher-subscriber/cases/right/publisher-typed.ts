import { createClient, type RedisClient } from 'redis';

const publisher: RedisClient = createClient({ host: '127.0.0.1', port: 6379 });

publisher.on('connect', () => console.log('Redis client connected to the server'));
publisher.on('error', (error: unknown) =>
  console.error(`Redis client not connected to the server: ${String(error)}`),
);

const publishMessage = (message: string, time: number): NodeJS.Timeout =>
  setTimeout((): void => {
    console.log(`About to send ${message}`);
    publisher.publish('holberton school channel', message);
  }, time);

publishMessage('Holberton Student #1 starts course', 100);
publishMessage('Holberton Student #2 starts course', 200);
publishMessage('KILL_SERVER', 300);
publishMessage('Holberton Student #3 starts course', 400);
