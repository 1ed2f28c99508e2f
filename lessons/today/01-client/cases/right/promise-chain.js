const { createClient } = require('redis');

const client = createClient({
  url: 'redis://127.0.0.1:6379',
  socket: {
    reconnectStrategy(retries) {
      if (retries >= 5) return false;
      return Math.min(retries * 50, 200);
    },
  },
});

client.on('error', (err) => {
  console.log('Redis client not connected to the server: ' + err);
});

client
  .connect()
  .then(() => {
    console.log('Redis client connected to the server');
    return client.ping();
  })
  .then((reply) => {
    console.log('Reply: ' + reply);
    return client.quit();
  })
  .catch(() => process.exit(1));
