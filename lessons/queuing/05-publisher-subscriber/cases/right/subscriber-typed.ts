import { createClient } from 'redis';

const channel = 'holberton school channel';
const subscriber = createClient('redis://127.0.0.1:6379');

subscriber.on('connect', () => console.log('Redis client connected to the server'));
subscriber.on('error', (error: Error) =>
  console.log(`Redis client not connected to the server: ${error.message}`),
);

function receive(from: string, message: string): void {
  if (from !== channel) return;
  console.log(message);
  if (message === 'KILL_SERVER') {
    subscriber.unsubscribe(channel, (error) => {
      if (error) console.error(error.message);
      subscriber.quit();
    });
  }
}

subscriber.on('message', receive);
subscriber.subscribe(channel);
