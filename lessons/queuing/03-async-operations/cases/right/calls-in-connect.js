import { promisify } from 'util';
import redis from 'redis';

const client = redis.createClient();
client.getAsync = promisify(client.get).bind(client);

client.on('error', (error) => {
  console.log('Redis client not connected to the server: ' + error.message);
});

client.on('connect', async () => {
  console.log('Redis client connected to the server');
  await displaySchoolValue('Holberton');
  setNewSchool('HolbertonSanFrancisco', '100');
  await displaySchoolValue('HolbertonSanFrancisco');
});

function setNewSchool(schoolName, value) {
  client.set(schoolName, value, redis.print);
}

async function displaySchoolValue(schoolName) {
  try {
    const value = await client.getAsync(schoolName);
    console.log(value);
  } catch (error) {
    console.error(error);
  }
}
