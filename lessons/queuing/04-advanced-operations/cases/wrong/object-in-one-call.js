import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

client.hmset(
  'HolbertonSchools',
  { Portland: 50, Seattle: 80, 'New York': 20, Bogota: 20, Cali: 40, Paris: 2 },
  redis.print,
);

client.hgetall('HolbertonSchools', (error, schools) => {
  if (error) throw error;
  console.log(schools);
});
