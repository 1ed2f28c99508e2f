import { promisify } from 'node:util';
import redis from 'redis';

const client = redis.createClient();
const get = promisify(client.get).bind(client);

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

function setNewSchool(schoolName: string, value: string): void {
  client.set(schoolName, value, redis.print);
}

async function displaySchoolValue(schoolName: string): Promise<void> {
  console.log(await get(schoolName));
}

async function main(): Promise<void> {
  await displaySchoolValue('Holberton');
  setNewSchool('HolbertonSanFrancisco', '100');
  await displaySchoolValue('HolbertonSanFrancisco');
}

main();
