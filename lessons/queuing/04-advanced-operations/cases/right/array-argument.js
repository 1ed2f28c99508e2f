import redis from 'redis';

const client = redis.createClient();

client
  .on('connect', () => console.log('Redis client connected to the server'))
  .on('error', (error) => console.error(`Redis client not connected to the server: ${error}`));

const rows = [
  ['Portland', 50],
  ['Seattle', 80],
  ['New York', 20],
  ['Bogota', 20],
  ['Cali', 40],
  ['Paris', 2],
];

for (const row of rows) {
  client.hset(['HolbertonSchools', ...row], (error, added) => {
    if (error) console.log(error.toString());
    else console.log(`Reply: ${added}`);
  });
}

client.hgetall('HolbertonSchools', (error, all) => console.log(error || all));
