import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));

const messages = [
  'Holberton Student #1 starts course',
  'Holberton Student #2 starts course',
  'KILL_SERVER',
  'Holberton Student #3 starts course',
];

function publishMessage() {
  messages.forEach((text, index) => {
    setTimeout(() => {
      console.log(`About to send ${text}`);
      client.publish('holberton school channel', text);
    }, (index + 1) * 100);
  });
}

publishMessage();
