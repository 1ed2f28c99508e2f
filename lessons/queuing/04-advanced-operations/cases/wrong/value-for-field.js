import { createClient, print } from 'redis';

const client = createClient();
const key = 'HolbertonSchools';

client.on('error', (error) => console.log(`Redis client not connected to the server: ${error.message}`));
client.on('connect', () => console.log('Redis client connected to the server'));

client.hset(key, 50, 'Portland', print);
client.hset(key, 80, 'Seattle', print);
client.hset(key, 20, 'New York', print);
client.hset(key, 20, 'Bogota', print);
client.hset(key, 40, 'Cali', print);
client.hset(key, 2, 'Paris', print);
client.hgetall(key, (error, schools) => console.log(schools));
