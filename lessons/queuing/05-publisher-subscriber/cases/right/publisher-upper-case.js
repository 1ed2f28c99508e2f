const redis = require('redis');

const publisher = redis.createClient(6379, 'localhost');

publisher.on('error', function (error) {
  console.log('Redis client not connected to the server: ' + error);
});

publisher.on('connect', function () {
  console.log('Redis client connected to the server');
});

function publishMessage(message, time) {
  setTimeout(function () {
    publisher.PUBLISH('holberton school channel', message);
    console.log('About to send ' + message);
  }, time);
}

publishMessage("Holberton Student #1 starts course", 100);
publishMessage("Holberton Student #2 starts course", 200);
publishMessage("KILL_SERVER", 300);
publishMessage("Holberton Student #3 starts course", 400);
