import { createClient, print, type Callback } from 'redis';

const client = createClient();

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (error: unknown) =>
  console.log(`Redis client not connected to the server: ${String(error)}`),
);

const show: Callback<string | null> = (error, value) => {
  if (error) console.error(error.message);
  else console.log(value);
};

const setNewSchool = (schoolName: string, value: string): boolean =>
  client.set(schoolName, value, print);

const displaySchoolValue = (schoolName: string): boolean => client.get(schoolName, show);

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
