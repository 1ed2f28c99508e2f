import { createClient, print } from 'redis';
import { promisify } from 'util';

const client = createClient();
const setAsync = promisify(client.set).bind(client);
const getAsync = promisify(client.get).bind(client);

client.on('error', (error) => console.log(`Redis client not connected to the server: ${error.message}`));
client.on('connect', () => console.log('Redis client connected to the server'));

async function setNewSchool(schoolName, value) {
  await setAsync(schoolName, value, print);
}

async function displaySchoolValue(schoolName) {
  console.log(await getAsync(schoolName));
}

async function main() {
  await displaySchoolValue('Holberton');
  await setNewSchool('HolbertonSanFrancisco', '100');
  await displaySchoolValue('HolbertonSanFrancisco');
}

main();
