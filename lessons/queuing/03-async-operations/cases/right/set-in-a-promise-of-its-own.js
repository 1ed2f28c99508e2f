import { createClient, print } from 'redis';
import { promisify } from 'util';

const client = createClient();
const get = promisify(client.get).bind(client);
const set = promisify(client.set).bind(client);

client.on('error', (error) => console.log(`Redis client not connected to the server: ${error.message}`));
client.on('connect', () => console.log('Redis client connected to the server'));

async function store(key, value) {
  const reply = await set(key, value);
  return reply;
}

async function setNewSchool(schoolName, value) {
  print(null, await store(schoolName, value));
}

async function displaySchoolValue(schoolName) {
  console.log(await get(schoolName));
}

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
