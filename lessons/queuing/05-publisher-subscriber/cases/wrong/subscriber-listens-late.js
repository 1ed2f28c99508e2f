import redis from 'redis';

const CHANNEL = 'holberton school channel';
const client = redis.createClient();

client.on('error', (err) => {
  console.log(`Redis client not connected to the server: ${err.message}`);
});

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.subscribe(CHANNEL);

// give the subscription time to settle
setTimeout(() => {
  client.on('message', (channel, message) => {
    console.log(message);
    if (message === 'KILL_SERVER') {
      client.unsubscribe(CHANNEL);
      client.quit();
    }
  });
}, 60_000);
