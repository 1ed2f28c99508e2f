import redis from 'redis';

const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));

const schools = [['Portland', 50], ['Seattle', 80], ['New York', 20], ['Bogota', 20], ['Cali', 40], ['Paris', 2]];

const display = () => client.hgetall('HolbertonSchools', (err, res) => console.log(res));

const store = (i) => {
  if (i === schools.length - 1) display();
  if (i === schools.length) return;
  const [city, value] = schools[i];
  client.hset('HolbertonSchools', city, value, (err, reply) => {
    redis.print(err, reply);
    store(i + 1);
  });
};

client.del('HolbertonSchools', () => store(0));
