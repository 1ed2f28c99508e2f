import { createClient } from 'redis';
import { promisify } from 'util';

const client = createClient();
const asyncGet = promisify(client.get.bind(client));
const asyncSet = promisify(client.set.bind(client));

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));

async function setNewSchool(schoolName, value) {
  try {
    const reply = await asyncSet(schoolName, value);
    console.log(`Reply: ${reply}`);
  } catch (error) {
    console.log(error);
  }
}

async function displaySchoolValue(schoolName) {
  try {
    console.log(await asyncGet(schoolName));
  } catch (error) {
    console.log(error);
  }
}

(async () => {
  await displaySchoolValue('Holberton');
  await setNewSchool('HolbertonSanFrancisco', '100');
  await displaySchoolValue('HolbertonSanFrancisco');
  client.quit();
})();
