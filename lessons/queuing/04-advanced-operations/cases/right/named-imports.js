import { createClient, print } from 'redis';

const client = createClient();

client.on('ready', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.error('Redis client not connected to the server:', error.message);
});

const cities = ['Portland', 'Seattle', 'New York', 'Bogota', 'Cali', 'Paris'];
const values = [50, 80, 20, 20, 40, 2];

for (let i = 0; i < cities.length; i += 1) {
  client.hset('HolbertonSchools', cities[i], String(values[i]), print);
}

client.hgetall('HolbertonSchools', (error, object) => {
  if (error) {
    console.error(error);
    return;
  }
  console.log(object);
});
