import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

client.hset('holbertonSchools', 'Portland', '50', redis.print);
client.hset('holbertonSchools', 'Seattle', '80', redis.print);
client.hset('holbertonSchools', 'New York', '20', redis.print);
client.hset('holbertonSchools', 'Bogota', '20', redis.print);
client.hset('holbertonSchools', 'Cali', '40', redis.print);
client.hset('holbertonSchools', 'Paris', '2', redis.print);

client.hgetall('holbertonSchools', (error, schools) => {
  if (error) throw error;
  console.log(schools);
});
