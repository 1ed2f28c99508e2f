import redis from 'redis';

const client = redis.createClient({
  retry_strategy: ({ attempt, error }) => {
    if (error && error.code === 'ECONNREFUSED') return new Error('The server refused the connection');
    return attempt > 10 ? undefined : Math.min(attempt * 100, 3000);
  },
});

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});
