import { createClient, print } from 'redis';

const client = createClient();

client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', (e: Error) => console.log(`Redis client not connected to the server: ${e}`));

function displaySchoolValue(schoolName: string): void {
  client.get(schoolName, (_err: Error | null, value: string | null) => {
    console.log(value);
  });
}

function setNewSchool(schoolName: string, value: string): void {
  client.set(schoolName, value, (err: Error | null, reply: 'OK') => {
    print(err, reply);
    displaySchoolValue(schoolName);
  });
}

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
