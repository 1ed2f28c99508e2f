const { createClient } = require('redis');

const client = createClient();
let left = 0;

client.on('error', (error) => {
  console.log('Redis client not connected to the server: ' + (error.message || error.code));
});

client.on('ready', () => {
  console.log('Redis client connected to the server');
});

function publishMessage(message, time) {
  left += 1;
  setTimeout(() => {
    console.log('About to send ' + message);
    client.publish('holberton school channel', message).then(() => {
      left -= 1;
      if (left === 0) client.close();
    });
  }, time);
}

client
  .connect()
  .then(() => {
    publishMessage('Holberton Student #1 starts course', 100);
    publishMessage('Holberton Student #2 starts course', 200);
    publishMessage('KILL_SERVER', 300);
    publishMessage('Holberton Student #3 starts course', 400);
  })
  .catch(() => {
    process.exitCode = 1;
  });
