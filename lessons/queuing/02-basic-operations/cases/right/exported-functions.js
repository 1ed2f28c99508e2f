import * as redis from 'redis';

const client = redis.createClient('redis://localhost:6379');

client.on('connect', () => {
  console.log('Redis client connected to the server');
});

client.on('error', (error) => {
  console.error('Redis client not connected to the server: %s', error);
});

export function setNewSchool(schoolName, value) {
  client.set([schoolName, value], redis.print);
}

export default function displaySchoolValue(schoolName) {
  client.get(schoolName, (error, value) => {
    if (!error) {
      console.log('%s', value);
    }
  });
}

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
