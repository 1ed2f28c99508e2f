const { createClient } = require('redis');

const client = createClient();
const subscriber = client.duplicate();

[client, subscriber].forEach((one) => {
  one.on('error', (error) => {
    console.log('Redis client not connected to the server:', error.code);
  });
});

client
  .connect()
  .then(() => subscriber.connect())
  .then(() => {
    console.log('Redis client connected to the server');
    return subscriber.subscribe('holberton school channel', (message) => {
      console.log(message);
      const stored = client.rPush('holberton school messages', message);
      if (message !== 'KILL_SERVER') return;
      stored
        .then(() => subscriber.unsubscribe('holberton school channel'))
        .then(() => Promise.all([subscriber.close(), client.close()]));
    });
  })
  .catch(() => process.exit(1));
