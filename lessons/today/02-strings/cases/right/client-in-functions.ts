import { createClient, type RedisClientType } from 'redis';

const TEN_MINUTES = 10 * 60;
const client: RedisClientType = createClient();

client.on('ready', () => console.log('Redis client connected to the server'));
client.on('error', () => {});

export async function setNewSchool(schoolName: string, value: string | number) {
  console.log(`Reply: ${await client.set(schoolName, String(value), { NX: true })}`);
}

export async function displaySchoolValue(schoolName: string) {
  console.log(await client.get(schoolName));
}

export async function saveCode(phoneNumber: string, code: string) {
  const key = ['code', phoneNumber].join(':');
  const options = { expiration: { type: 'PX' as const, value: TEN_MINUTES * 1000 } };
  console.log(`Reply: ${await client.set(key, code, options)}`);
}

export async function addStudent(schoolName: string) {
  let shown: string;
  try {
    shown = String(await client.incr(schoolName));
  } catch (error) {
    shown = (error as Error).message;
  }
  console.log(`${schoolName}: ${shown}`);
}

(async () => {
  await client.connect();
  try {
    await setNewSchool('Holberton', 'School');
    await setNewSchool('HolbertonSanFrancisco', 100);
    await setNewSchool('Holberton', 200);
    await displaySchoolValue('Holberton');
    await saveCode('4153518780', '7788');
    await addStudent('HolbertonSanFrancisco');
    await addStudent('Holberton');
  } finally {
    client.destroy();
  }
})();
