import { createClient } from 'redis';

const client = await createClient()
  .on('error', (err) => console.error(err))
  .connect();
console.log('Redis client connected to the server');

const setNewSchool = async (schoolName, value) => {
  console.log('Reply:', await client.set(schoolName, value, { NX: true }));
};

const displaySchoolValue = async (schoolName) => {
  const value = await client.get(schoolName);
  console.log(value);
};

const saveCode = async (phoneNumber, code) => {
  console.log('Reply:', await client.set('code:' + phoneNumber, code, { EX: 600 }));
};

const addStudent = async (schoolName) => {
  try {
    console.log(`${schoolName}: ${await client.incr(schoolName)}`);
  } catch (err) {
    console.log(`${schoolName}: ${err}`);
  }
};

await setNewSchool('Holberton', 'School');
await setNewSchool('HolbertonSanFrancisco', '100');
await setNewSchool('Holberton', '200');
await displaySchoolValue('Holberton');
await saveCode('4153518780', '7788');
await addStudent('HolbertonSanFrancisco');
await addStudent('Holberton');
await client.close();
