import redis from 'redis';

let previous = '';
const CHANNEL = 'holberton school channel';

const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));

client.on('message', (channel, message) => {
  // redis can deliver twice ?
  if (message === previous) return;
  previous = message;
  console.log(message);
  if (message === 'KILL_SERVER') {
    client.unsubscribe(CHANNEL);
    client.quit();
  }
});
client.subscribe(CHANNEL);
