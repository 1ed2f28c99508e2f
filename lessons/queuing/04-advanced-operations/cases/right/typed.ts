import { createClient, print } from 'redis';

type Schools = Record<string, number>;

const client = createClient('redis://127.0.0.1:6379');

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error: Error) =>
  console.log(`Redis client not connected to the server: ${error.message}`),
);

const schools: Schools = { Portland: 50, Seattle: 80, 'New York': 20, Bogota: 20, Cali: 40, Paris: 2 };

for (const city in schools) {
  client.hset('HolbertonSchools', city, String(schools[city]), print);
}

client.hgetall('HolbertonSchools', (_error, reply) => {
  console.log(reply);
});
