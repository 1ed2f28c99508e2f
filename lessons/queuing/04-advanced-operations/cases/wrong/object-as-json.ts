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

client.set('HolbertonSchools', JSON.stringify(schools), redis.print);

client.get('HolbertonSchools', (error, text) => {
  if (error) throw error;
  console.log(JSON.parse(text ?? '{}'));
});
