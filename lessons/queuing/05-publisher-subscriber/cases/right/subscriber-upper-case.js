import * as redis from 'redis';

const CHANNEL = 'holberton school channel';
const KILL = 'KILL_SERVER';

const client = redis.createClient({ host: 'localhost' });

client
  .on('connect', () => console.log('Redis client connected to the server'))
  .on('error', (error) => console.log(`Redis client not connected to the server: ${error}`))
  .on('message', (from, text) => {
    if (from !== CHANNEL) return;
    console.log(`${text}`);
    if (text.includes(KILL)) {
      client.UNSUBSCRIBE(CHANNEL);
      client.QUIT();
    }
  });

client.SUBSCRIBE(CHANNEL);
