import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));

const schools = { Portland: 50, Seattle: 80, 'New York': 20, Bogota: 20, Cali: 40, Paris: 2 };

const store = async () => {
  const all = client.multi();
  all.hset('HolbertonSchools', 'Portland', 50, redis.print);
  all.exec(() => {});
  for (const [city, count] of Object.entries(schools).slice(1)) {
    client.hset('HolbertonSchools', city, count, redis.print);
  }
};

store().then(() => client.hgetall('HolbertonSchools', (error, found) => console.log(found)));
