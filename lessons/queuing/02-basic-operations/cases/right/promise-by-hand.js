import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));

async function setNewSchool(schoolName, value) {
  await new Promise((resolve) => {
    client.set(schoolName, value, (error, reply) => resolve(redis.print(error, reply)));
  });
}

const read = (key) =>
  new Promise((resolve, reject) => {
    client.get(key, (error, value) => (error ? reject(error) : resolve(value)));
  });

async function displaySchoolValue(schoolName) {
  console.log(await read(schoolName));
}

(async () => {
  await displaySchoolValue('Holberton');
  await setNewSchool('HolbertonSanFrancisco', '100');
  await displaySchoolValue('HolbertonSanFrancisco');
})();
