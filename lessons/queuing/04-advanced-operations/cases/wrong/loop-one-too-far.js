import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error.message}`);
});

const cities = ['Portland', 'Seattle', 'New York', 'Bogota', 'Cali', 'Paris'];
const values = [50, 80, 20, 20, 40, 2];

for (let i = 0; i <= cities.length; i++) {
  client.hset('HolbertonSchools', cities[i], values[i], redis.print);
}
client.hgetall('HolbertonSchools', (error, object) => console.log(object));
