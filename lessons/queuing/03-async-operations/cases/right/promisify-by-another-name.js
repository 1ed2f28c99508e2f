import * as util from 'util';
import { createClient, print } from 'redis';

const asPromise = util.promisify;
const store = createClient();
const [read] = [store.get].map((method) => asPromise(method).bind(store));

store.on('error', (problem) => console.log('Redis client not connected to the server:', problem.message));
store.on('connect', () => console.log('Redis client connected to the server'));

function setNewSchool(schoolName, value) {
  store.set(schoolName, value, print);
}

async function displaySchoolValue(schoolName) {
  console.log(await read(schoolName));
}

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
