const redis = require('redis');

const client = redis.createClient();
client.on('error', (err) => console.log(`Redis client not connected to the server: ${err}`));

function setNewSchool(schoolName, value) {
  return client
    .set(schoolName, value, { condition: 'NX' })
    .then((reply) => console.log(`Reply: ${reply}`));
}

function displaySchoolValue(schoolName) {
  return client.get(schoolName).then(console.log);
}

function saveCode(phoneNumber, code) {
  return client.setEx(`code:${phoneNumber}`, 600, code).then((reply) => {
    console.log(`Reply: ${reply}`);
  });
}

function addStudent(schoolName) {
  return client
    .incr(schoolName)
    .then((students) => console.log(`${schoolName}: ${students}`))
    .catch((error) => console.log(`${schoolName}: ${error.message}`));
}

client
  .connect()
  .then(() => console.log('Redis client connected to the server'))
  .then(() => setNewSchool('Holberton', 'School'))
  .then(() => setNewSchool('HolbertonSanFrancisco', '100'))
  .then(() => setNewSchool('Holberton', '200'))
  .then(() => displaySchoolValue('Holberton'))
  .then(() => saveCode('4153518780', '7788'))
  .then(() => addStudent('HolbertonSanFrancisco'))
  .then(() => addStudent('Holberton'))
  .finally(() => client.quit());
