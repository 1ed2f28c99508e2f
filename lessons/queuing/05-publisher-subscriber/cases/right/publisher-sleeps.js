import redis from 'redis';
import { promisify } from 'util';

const client = redis.createClient();
const sleep = promisify(setTimeout);

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));

async function publishMessage(message, time) {
  await sleep(time);
  console.log(`About to send ${message}`);
  client.publish('holberton school channel', message);
}

publishMessage("Holberton Student #1 starts course", 100);
publishMessage("Holberton Student #2 starts course", 200);
publishMessage("KILL_SERVER", 300);
publishMessage("Holberton Student #3 starts course", 400);
