import { createClient } from 'redis';

const schools = { Portland: 50, Seattle: 80, 'New York': 20, Bogota: 20, Cali: 40, Paris: 2 };

const client = createClient();
client.on('error', (err) => console.log(`Redis client not connected to the server: ${err}`));
await client.connect();
console.log('Redis client connected to the server');

const moveStudents = async (from, to, count) => {
  const replies = await client
    .multi()
    .hIncrBy('HolbertonSchools', from, count * -1)
    .hIncrBy('HolbertonSchools', to, count)
    .exec();
  console.log(`${from}: ${replies[0]}, ${to}: ${replies[1]}`);
};

console.log('Reply:', await client.hSet('HolbertonSchools', schools));
const all = await client.hGetAll('HolbertonSchools');
console.log(all);
console.log('Paris:', await client.hIncrBy('HolbertonSchools', 'Paris', 3));
await moveStudents('Seattle', 'New York', 10);
await client.close();
