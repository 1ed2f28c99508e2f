const { createClient } = require('redis');

const client = createClient();

client.set('greeting', 'hello', (error, reply) => {
  if (error) throw error;
  console.log(`Reply: ${reply}`);
});
