import redis from 'redis';

const CHANNEL = 'holberton school channel';

const subscriber = redis.createClient();

subscriber.on('connect', () => {
  console.log('Redis client connected to the server');
});

subscriber.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

subscriber.on('message', (_channel, message) => {
  console.log(message);
  if (message === 'KILL_SERVER') {
    subscriber.unsubscribe(CHANNEL);
    subscriber.quit();
  }
});

subscriber.subscribe(CHANNEL);
