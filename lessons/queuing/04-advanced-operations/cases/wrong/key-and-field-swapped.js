import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

client.hset('Portland', 'HolbertonSchools', '50', redis.print);
client.hset('Seattle', 'HolbertonSchools', '80', redis.print);
client.hset('New York', 'HolbertonSchools', '20', redis.print);
client.hset('Bogota', 'HolbertonSchools', '20', redis.print);
client.hset('Cali', 'HolbertonSchools', '40', redis.print);
client.hset('Paris', 'HolbertonSchools', '2', redis.print);

client.hgetall('HolbertonSchools', (error, schools) => {
  if (error) throw error;
  console.log(schools);
});
