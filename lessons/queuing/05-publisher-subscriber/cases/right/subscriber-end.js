import { createClient } from 'redis';

const client = createClient();
const channel = 'holberton school channel';

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.error('Redis client not connected to the server:', error.message));

client.on('message', (_, message) => {
  console.log(message);
  if (message !== 'KILL_SERVER') return;
  client.unsubscribe(channel);
  client.end(true);
});

client.subscribe(channel);
