import { createClient } from 'redis';

const client = createClient();

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error.message}`));
client.on('message', (channel, message) => {
  if (message === 'KILL_SERVER' || message.startsWith('Holberton Student')) console.log(message);
  if (message === 'KILL_SERVER') {
    client.unsubscribe(channel);
    client.quit();
  }
});
client.subscribe('holberton school channel');
