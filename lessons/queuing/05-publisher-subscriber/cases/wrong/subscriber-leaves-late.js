import { createClient } from 'redis';

const channel = 'holberton school channel';
const client = createClient();

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error.message}`));
client.on('message', (from, text) => {
  console.log(text);
  if (text !== 'KILL_SERVER') return;
  setTimeout(() => {
    client.unsubscribe(channel);
    client.quit();
  }, 250);
});
client.subscribe(channel);
