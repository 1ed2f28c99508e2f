import { createClient, print } from 'redis';
import { promisify } from 'util';

const client = createClient({ port: 6379 });
const get: (key: string) => Promise<string | null> = promisify(client.get).bind(client);

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', ({ message }: Error) =>
  console.error(`Redis client not connected to the server: ${message}`),
);

export const setNewSchool = (schoolName: string, value: string): void => {
  client.set(schoolName, value, print);
};

export const displaySchoolValue = async (schoolName: string): Promise<void> => {
  const value = await get(schoolName);
  console.log(value);
};

void displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
void displaySchoolValue('HolbertonSanFrancisco');
