import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

client.hset('HolbertonSchools', 'Portland', '50');
client.hset('HolbertonSchools', 'Seattle', '80');
client.hset('HolbertonSchools', 'New York', '20');
client.hset('HolbertonSchools', 'Bogota', '20');
client.hset('HolbertonSchools', 'Cali', '40');
client.hset('HolbertonSchools', 'Paris', '2');

client.hgetall('HolbertonSchools', (error, schools) => {
  if (error) throw error;
  console.log(schools);
});
