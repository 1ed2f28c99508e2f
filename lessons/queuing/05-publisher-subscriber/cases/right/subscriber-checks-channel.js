const redis = require('redis');

const CHANNEL = 'holberton school channel';
const subscriber = redis.createClient();

subscriber.on('error', (error) => {
  console.error('Redis client not connected to the server:', error.toString());
});

subscriber.on('connect', () => {
  console.log('Redis client connected to the server');
});

subscriber.on('message', (channel, message) => {
  if (channel !== CHANNEL) return;
  console.log(message);
  if (message === 'KILL_SERVER') {
    subscriber.unsubscribe(CHANNEL, () => subscriber.quit());
  }
});

subscriber.subscribe(CHANNEL, (error) => {
  if (error) console.error(error);
});
