const redis = require('redis');

const client = redis.createClient();

client.on('error', (err) => console.log(`Redis client not connected to the server: ${err}`));
client.on('connect', () => console.log('Redis client connected to the server'));

const schoolsOf = (db) => ({
  set: (schoolName, value) => { db.set(schoolName, value, redis.print); },
  display: (schoolName) => {
    db.get(schoolName, (err, value) => {
      if (err) throw err;
      console.log(value);
    });
  },
});

const { set: setNewSchool, display: displaySchoolValue } = schoolsOf(client);

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
