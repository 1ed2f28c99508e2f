import * as redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});
client.on('error', (error) => {
  console.log('Redis client not connected to the server:', error.message);
});

const schools = new Map([
  ['Portland', '50'],
  ['Seattle', '80'],
  ['New York', '20'],
  ['Bogota', '20'],
  ['Cali', '40'],
  ['Paris', '2'],
]);

const store = (left) => {
  if (left.length === 0) {
    client.hgetall('HolbertonSchools', (error, found) => {
      console.log(found);
      client.quit();
    });
    return;
  }
  const [[city, count], ...rest] = left;
  client.hset('HolbertonSchools', city, count, (error, reply) => {
    redis.print(error, reply);
    store(rest);
  });
};

store([...schools]);
