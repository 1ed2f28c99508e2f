import { createClient } from 'redis';

const client = createClient();
const channel = 'holberton school channel';

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log('Redis client not connected to the server:', error.message);
});

function send(message) {
  console.log('About to send', message);
  client.publish(channel, message);
}

function publishMessage(message, time) {
  setTimeout(send, time, message);
}

publishMessage("Holberton Student #1 starts course", 100);
publishMessage("Holberton Student #2 starts course", 200);
publishMessage("KILL_SERVER", 300);
publishMessage("Holberton Student #3 starts course", 400);
