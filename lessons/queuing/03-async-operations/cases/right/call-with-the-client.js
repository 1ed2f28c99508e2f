import { createClient, print } from 'redis';
import * as util from 'util';

const client = createClient(6379, 'localhost');

client.on('connect', () => {
  console.log('Redis client connected to the server');
}).on('error', (err) => {
  console.log(`Redis client not connected to the server: ${err}`);
});

function setNewSchool(schoolName, value) {
  client.set(schoolName, value, print);
}

const readKey = util.promisify(client.get);

async function displaySchoolValue(schoolName) {
  const answer = await readKey.call(client, schoolName);
  console.log(`${answer}`);
}

displaySchoolValue('Holberton').then(() => {
  setNewSchool('HolbertonSanFrancisco', '100');
  return displaySchoolValue('HolbertonSanFrancisco');
});
