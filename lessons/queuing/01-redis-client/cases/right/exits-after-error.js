import * as redis from 'redis';

const client = redis.createClient({ host: '127.0.0.1', port: 6379 });

client.on('error', (e) => {
  console.error('Redis client not connected to the server: ' + e);
  process.exit(1);
});

client.once('connect', () => {
  console.log('Redis client connected to the server');
});
