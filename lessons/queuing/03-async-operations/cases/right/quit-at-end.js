const redis = require('redis');
const { promisify } = require('util');

const client = redis.createClient();

client.on('ready', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.log('Redis client not connected to the server:', error.message);
});

client.getAsync = promisify(client.GET).bind(client);

function setNewSchool(schoolName, value) {
  client.SET(schoolName, value, redis.print);
}

async function displaySchoolValue(schoolName) {
  const value = await client.getAsync(schoolName).catch((error) => console.error(error));
  console.log(value);
}

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');

client.quit();
