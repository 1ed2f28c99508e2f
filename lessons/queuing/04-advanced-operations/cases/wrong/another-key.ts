import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

client.hset('HolbertonSchool', 'Portland', '50', redis.print);
client.hset('HolbertonSchool', 'Seattle', '80', redis.print);
client.hset('HolbertonSchool', 'New York', '20', redis.print);
client.hset('HolbertonSchool', 'Bogota', '20', redis.print);
client.hset('HolbertonSchool', 'Cali', '40', redis.print);
client.hset('HolbertonSchool', 'Paris', '2', redis.print);

client.hgetall('HolbertonSchool', (error, schools) => {
  if (error) throw error;
  console.log(schools);
});
