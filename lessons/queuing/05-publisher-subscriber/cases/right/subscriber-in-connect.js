const redis = require('redis');

const subscriber = redis.createClient();

subscriber.on('error', function (error) {
  console.log('Redis client not connected to the server: ' + error);
});

subscriber.on('connect', function () {
  console.log('Redis client connected to the server');
  subscriber.subscribe('holberton school channel');
});

subscriber.on('message', function (channel, message) {
  console.log(message);

  switch (message) {
    case 'KILL_SERVER':
      subscriber.unsubscribe('holberton school channel', () => subscriber.quit());
      break;
    default:
  }
});
