import * as redis from 'redis';

const client = redis.createClient({ url: 'redis://localhost:6379' });
client.on('error', console.error);

async function setNewSchool(schoolName, value) {
  const reply = await client.sendCommand(['SET', schoolName, value, 'NX']);
  console.log('Reply: ' + reply);
}

async function displaySchoolValue(schoolName) {
  console.log(await client.sendCommand(['GET', schoolName]));
}

async function saveCode(phoneNumber, code) {
  const reply = await client.sendCommand(['SET', `code:${phoneNumber}`, code, 'EX', '600']);
  console.log('Reply: ' + reply);
}

async function addStudent(schoolName) {
  try {
    console.log('%s: %d', schoolName, await client.sendCommand(['INCR', schoolName]));
  } catch ({ message }) {
    console.log('%s: %s', schoolName, message);
  }
}

async function main() {
  await client.connect();
  console.log('Redis client connected to the server');
  await setNewSchool('Holberton', 'School');
  await setNewSchool('HolbertonSanFrancisco', '100');
  await setNewSchool('Holberton', '200');
  await displaySchoolValue('Holberton');
  await saveCode('4153518780', '7788');
  await addStudent('HolbertonSanFrancisco');
  await addStudent('Holberton');
  await client.disconnect();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
