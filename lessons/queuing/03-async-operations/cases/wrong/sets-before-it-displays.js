import { promisify } from 'util';
import { createClient, print } from 'redis';

const client = createClient();
const get = promisify(client.get).bind(client);

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error.message}`));

const setNewSchool = (schoolName, value) => client.set(schoolName, value, print);

const displaySchoolValue = async (schoolName) => {
  const value = await get(schoolName);
  console.log(value);
};

setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('Holberton');
displaySchoolValue('HolbertonSanFrancisco');
