import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

const schools = {
  Portland: '50',
  Seattle: '80',
  'New York': '20',
  Bogota: '20',
  Cali: '40',
  Paris: '2',
};

let confirmed = 0;

for (const [name, value] of Object.entries(schools)) {
  client.hset('HolbertonSchools', name, value, (error, reply) => {
    redis.print(error, reply);
    confirmed += 1;
    if (confirmed === 6) console.log(schools);
  });
}
