import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'redis';

const client = createClient();
client.on('error', (err) => {
  console.log(`Redis client not connected to the server: ${err.message || err.code}`);
});

const publishMessage = async (message, time) => {
  await sleep(time);
  console.log(`About to send ${message}`);
  return client.publish('holberton school channel', message);
};

await client.connect();
console.log('Redis client connected to the server');

const calls = [
  publishMessage('Holberton Student #1 starts course', 100),
  publishMessage('Holberton Student #2 starts course', 200),
  publishMessage('KILL_SERVER', 300),
  publishMessage('Holberton Student #3 starts course', 400),
];
await Promise.all(calls);
await client.close();
