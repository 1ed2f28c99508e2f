import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

function setNewSchool(schoolName: string, value: string) {
  client.set(schoolName, value, redis.print);
}

function read(key: string): Promise<string | null> {
  return new Promise((resolve, reject) => {
    client.get(key, (error, value) => (error ? reject(error) : resolve(value)));
  });
}

async function displaySchoolValue(schoolName: string) {
  console.log(await read(schoolName));
}

async function main() {
  await displaySchoolValue('Holberton');
  setNewSchool('HolbertonSanFrancisco', '100');
  await displaySchoolValue('HolbertonSanFrancisco');
}

main();
