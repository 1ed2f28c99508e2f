import redis from 'redis';
import { promisify } from 'util';

const client = redis.createClient();

client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));
client.on('connect', () => console.log('Redis client connected to the server'));

const fetchSchool = promisify((schoolName, done) => client.get(schoolName, done));

function setNewSchool(schoolName, value) {
  client.set(schoolName, value, redis.print);
}

const displaySchoolValue = async function (schoolName) {
  const school = await fetchSchool(schoolName);
  console.log(school);
};

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
