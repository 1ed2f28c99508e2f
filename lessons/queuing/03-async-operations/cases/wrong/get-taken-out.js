import { createClient, print } from 'redis';
import { promisify } from 'util';

const client = createClient();
const { get, set } = client;

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error.message}`));

const getAsync = promisify(get);

const setNewSchool = (schoolName, value) => set.call(client, schoolName, value, print);

const displaySchoolValue = async (schoolName) => {
  try {
    console.log(await getAsync(schoolName));
  } catch (error) {
    console.error(error.message);
  }
};

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
