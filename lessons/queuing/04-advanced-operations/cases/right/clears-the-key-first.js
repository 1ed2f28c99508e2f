import { createClient, print } from 'redis';

const schools = { Portland: 50, Seattle: 80, 'New York': 20, Bogota: 20, Cali: 40, Paris: 2 };
const store = createClient();

store.on('connect', () => console.log('Redis client connected to the server'));
store.on('error', (problem) => console.log(`Redis client not connected to the server: ${problem.message}`));

// So that a second run prints the same six lines.
store.del('HolbertonSchools', () => {
  for (const [city, amount] of Object.entries(schools)) store.hset('HolbertonSchools', city, amount, print);
  store.hgetall('HolbertonSchools', (problem, all) => console.log(all));
});
