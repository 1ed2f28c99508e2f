const redis = require('redis');

const client = redis.createClient();

client.on('error', function (error) {
  console.log('Redis client not connected to the server: ' + error.toString());
});

client.on('connect', function () {
  console.log('Redis client connected to the server');
});

const key = 'HolbertonSchools';

client.HSET(key, 'Portland', 50, redis.print);
client.HSET(key, 'Seattle', 80, redis.print);
client.HSET(key, 'New York', 20, redis.print);
client.HSET(key, 'Bogota', 20, redis.print);
client.HSET(key, 'Cali', 40, redis.print);
client.HSET(key, 'Paris', 2, redis.print);

client.HGETALL(key, function (error, result) {
  if (error) throw error;
  console.log(result);
});
