import redis from 'redis';

redis.on('connect', () => {
  console.log('Redis client connected to the server');
});

redis.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});
