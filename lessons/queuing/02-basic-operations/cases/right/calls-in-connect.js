const redis = require('redis');

const client = redis.createClient();

const setNewSchool = function (schoolName, value) {
  client.set(schoolName, value, redis.print);
};

const displaySchoolValue = function (schoolName) {
  client.get(schoolName, function (err, value) {
    if (err) throw err;
    console.log(value);
  });
};

client.on('error', (err) => console.log('Redis client not connected to the server:', err.message));

client.on('connect', () => {
  console.log('Redis client connected to the server');
  displaySchoolValue('Holberton');
  setNewSchool('HolbertonSanFrancisco', '100');
  displaySchoolValue('HolbertonSanFrancisco');
});
