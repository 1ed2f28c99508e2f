const connect = require('./connection');

(async () => {
  const client = await connect();
  console.log('Redis client connected to the server');
  console.log('Reply: %s', await client.ping());
  await client.close();
})().catch(() => {
  process.exitCode = 1;
});
