import * as redis from 'redis';

const KEY = 'HolbertonSchools';
const client = redis.createClient({ socket: { host: '127.0.0.1', port: 6379 } });
client.on('ready', () => console.log('Redis client connected to the server'));
client.on('error', (error: Error) => console.error(error));

const schools = new Map<string, string>(
  Object.entries({
    Portland: '50',
    Seattle: '80',
    'New York': '20',
    Bogota: '20',
    Cali: '40',
    Paris: '2',
  }),
);

async function moveStudents(from: string, to: string, count: number) {
  await client.watch(KEY);
  const chain = client.multi();
  chain.hIncrBy(KEY, from, -count);
  chain.hIncrBy(KEY, to, count);
  const results = await chain.exec();
  console.log([from, to].map((city, at) => `${city}: ${results[at]}`).join(', '));
}

(async () => {
  await client.connect();
  const reply = await client.hSet(KEY, schools);
  console.log(`Reply: ${reply}`);
  console.log({ ...(await client.hGetAll(KEY)) });
  const students = await client.hIncrBy(KEY, 'Paris', 3);
  console.log(`Paris: ${students}`);
  await moveStudents('Seattle', 'New York', 10);
  client.destroy();
})();
