import util from 'util';
import redis from 'redis';

const client = redis.createClient();

client.on('error', (err) => console.error(`Redis client not connected to the server: ${err.message}`));

const setNewSchool = (schoolName, value) => client.set(schoolName, value, redis.print);

const displaySchoolValue = async (schoolName) => {
  const value = await util.promisify(client.get).bind(client)(schoolName);
  console.log(value);
};

const main = async () => {
  await displaySchoolValue('Holberton');
  setNewSchool('HolbertonSanFrancisco', '100');
  await displaySchoolValue('HolbertonSanFrancisco');
};

client.on('connect', async () => {
  console.log('Redis client connected to the server');
  await main();
});
