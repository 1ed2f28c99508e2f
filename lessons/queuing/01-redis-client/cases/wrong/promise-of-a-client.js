import { createClient } from 'redis';

function connect() {
  const client = createClient();
  return new Promise((resolve, reject) => {
    client.on('connect', () => resolve(client));
    client.on('error', (error) => {
      console.log(`Redis client not connected to the server: ${error.message}`);
      reject(error);
    });
  });
}

connect().then(() => console.log('Redis client connected to the server'));
