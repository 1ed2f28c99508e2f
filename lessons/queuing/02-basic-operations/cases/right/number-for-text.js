import redis from 'redis';

const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log('Redis client not connected to the server: ' + error));

function setNewSchool(schoolName, value) {
  client.set(schoolName, value, (error, reply) => redis.print(error, reply));
}

function displaySchoolValue(schoolName) {
  client.get(schoolName, (error, reply) => {
    console.log(`${reply}`);
  });
}

console.log();
displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', 100);
displaySchoolValue('HolbertonSanFrancisco');
