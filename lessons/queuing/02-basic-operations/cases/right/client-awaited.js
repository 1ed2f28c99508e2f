import { createClient, print } from 'redis';
import { once } from 'events';
import { promisify } from 'util';

const wait = promisify(setTimeout);

async function main() {
  const client = await createClient();
  const read = client.get.bind(client);

  client.on('error', (error) => console.log(`Redis client not connected to the server: ${error}`));

  const setNewSchool = async (schoolName, value) => client.set(schoolName, value, print);

  async function displaySchoolValue(schoolName) {
    return read(schoolName, (error, value) => console.log(value));
  }

  once(client, 'connect')
    .then(() => console.log('Redis client connected to the server'))
    .then(() => wait(1))
    .then(async () => {
      displaySchoolValue('Holberton');
      await setNewSchool('HolbertonSanFrancisco', '100');
      await displaySchoolValue('HolbertonSanFrancisco');
    })
    .catch(() => {});
}

main();
