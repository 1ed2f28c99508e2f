const util = require('util');
const redis = require('redis');

const client = redis.createClient(6379, '127.0.0.1');

client.on('ready', () => { console.log('Redis client connected to the server'); });
client.on('error', (e) => { console.log(`Redis client not connected to the server: ${e}`); });

let tail = Promise.resolve();
const inTurn = (work) => {
  tail = tail.then(work);
  return tail;
};

const getAsync = util.promisify(client.get.bind(client));

function setNewSchool(schoolName, value) {
  return inTurn(() => new Promise((resolve) => {
    client.set(schoolName, value, (...args) => {
      redis.print(...args);
      resolve();
    });
  }));
}

function displaySchoolValue(schoolName) {
  return inTurn(async () => {
    const value = await getAsync(schoolName);
    console.log(value);
  });
}

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
