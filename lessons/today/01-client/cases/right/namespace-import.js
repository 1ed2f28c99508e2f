import * as redis from 'redis';

const options = { socket: { reconnectStrategy: (n) => (n < 3 ? n * 10 + 10 : false) } };
const client = redis.createClient(options);
client.on('error', (error) => console.log('Redis client not connected to the server: %s', error));

const main = async () => {
  await client.connect();
  console.log('Redis client connected to the server');
  const reply = await client.ping();
  console.log(`Reply: ${reply}`);
  await client.disconnect();
};

main().catch((error) => {
  console.error(error);
  process.exit(2);
});
