import redis from 'redis';

const client = redis.createClient();

const up = 'Redis client connected to the server';
const down = 'Redis client not connected to the server';

// log the state of the connection
client.on('connect', () => {
  console.log(up);
  client.on('error', (err) => {
    console.log(`${down}: ${err}`);
  });
});
