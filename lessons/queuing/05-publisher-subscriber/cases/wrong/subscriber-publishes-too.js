import redis from 'redis';
const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (err) => console.log(`Redis client not connected to the server: ${err.message}`));
client.subscribe('holberton school channel');
const publisher = redis.createClient();
publisher.on('error', () => {});
publisher.publish('holberton school channel', 'hello');
client.on('message', (channel, message) => {
  console.log(message);
  if (message === 'KILL_SERVER') {
    client.unsubscribe('holberton school channel');
    client.quit();
  }
});
