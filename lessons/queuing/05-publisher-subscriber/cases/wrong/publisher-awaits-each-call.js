import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (err) => console.log(`Redis client not connected to the server: ${err.message}`));

async function publishMessage(message, time) {
  await new Promise((r) => setTimeout(r, time));
  console.log(`About to send ${message}`);
  client.publish('holberton school channel', message);
}

(async function run() {
  await publishMessage("Holberton Student #1 starts course", 100);
  await publishMessage("Holberton Student #2 starts course", 200);
  await publishMessage("KILL_SERVER", 300);
  await publishMessage("Holberton Student #3 starts course", 400);
}());
