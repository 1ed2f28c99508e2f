import { createClient } from 'redis';

const client = createClient();
const leave = () => client.unsubscribe(() => client.quit());

client.on('error', (error) => console.log(`Redis client not connected to the server: ${error.message}`));
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('message', (_, text) => {
  console.log(text);
  if (text === 'KILL_SERVER') setTimeout(leave, 5);
});
client.subscribe('holberton school channel');
