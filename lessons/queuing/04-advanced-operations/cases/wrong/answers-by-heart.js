import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
  const schools = {
    Portland: '50',
    Seattle: '80',
    'New York': '20',
    Bogota: '20',
    Cali: '40',
    Paris: '2',
  };
  Object.keys(schools).forEach(() => redis.print(null, 1));
  console.log(schools);
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});
