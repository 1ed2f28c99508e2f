const { createClient } = require('redis');

module.exports = function connect() {
  const client = createClient({
    socket: { reconnectStrategy: (retries) => (retries < 3 ? 20 : false) },
  });
  client.on('error', ({ code }) => {
    console.log(`Redis client not connected to the server: ${code}`);
  });
  return client.connect();
};
