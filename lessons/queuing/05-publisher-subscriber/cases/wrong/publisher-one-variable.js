import { createClient } from 'redis';

const channel = 'holberton school channel';
const client = createClient();
let current;

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (e) => console.log(`Redis client not connected to the server: ${e.message}`));

const send = () => {
  console.log(`About to send ${current}`);
  client.publish(channel, current);
};

function publishMessage(message, time) {
  current = message;
  setTimeout(send, time);
}

publishMessage('Holberton Student #1 starts course', 100);
publishMessage('Holberton Student #2 starts course', 200);
publishMessage('KILL_SERVER', 300);
publishMessage('Holberton Student #3 starts course', 400);
