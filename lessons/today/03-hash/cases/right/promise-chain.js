const { createClient } = require('redis');

const client = createClient();
client.on('error', (err) => console.error(err.message));

const key = 'HolbertonSchools';

function moveStudents(from, to, count) {
  return client
    .multi()
    .hIncrBy(key, to, count)
    .hIncrBy(key, from, -count)
    .exec()
    .then(([more, less]) => console.log(`${from}: ${less}, ${to}: ${more}`));
}

client
  .connect()
  .then(() => {
    console.log('Redis client connected to the server');
    return client.hSet(key, [
      ['Portland', '50'],
      ['Seattle', '80'],
      ['New York', '20'],
      ['Bogota', '20'],
      ['Cali', '40'],
      ['Paris', '2'],
    ]);
  })
  .then((reply) => console.log(`Reply: ${reply}`))
  .then(() => client.hGetAll(key))
  .then((schools) => console.log(schools))
  .then(() => client.hIncrBy(key, 'Paris', 3))
  .then((students) => console.log(`Paris: ${students}`))
  .then(() => moveStudents('Seattle', 'New York', 10))
  .then(() => client.quit());
