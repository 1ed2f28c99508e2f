import { createClient } from 'redis';

const redisClient = createClient();

redisClient.on('error', function (error) {
  console.log('Redis client not connected to the server: ' + error);
});

redisClient.on('connect', function () {
  console.log('Redis client connected to the server');
});
