import redis from 'redis';

const KEY = 'HolbertonSchools';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

client.hset(KEY, 'Portland', '50', redis.print);
client.hset(KEY, 'Seattle', '80', redis.print);
client.hset(KEY, 'New York', '20', redis.print);
client.hset(KEY, 'Bogota', '20', redis.print);
client.hset(KEY, 'Cali', '40', redis.print);
client.hset(KEY, 'Paris', '2', redis.print);

client.hgetall(KEY, (error, schools) => {
  if (error) throw error;
  console.log(schools);
});
