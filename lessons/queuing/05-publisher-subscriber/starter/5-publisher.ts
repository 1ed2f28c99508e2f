// Lesson 5, the speaking half: send four messages to a channel, each at its time.
// The text is at `npm start -- show 5`; ask for a hint with `npm start -- hint 5`.
import redis from 'redis';

const publisher = redis.createClient();

publisher.on('error', () => {
  // TODO: the message that you know from 0-redis_client
});

// TODO: log "Redis client connected to the server" when the connection stands

// TODO: publishMessage(message, time): after `time` ms, log "About to send ..." and publish

// TODO: publishMessage('Holberton Student #1 starts course', 100);
// TODO: publishMessage('Holberton Student #2 starts course', 200);
// TODO: publishMessage('KILL_SERVER', 300);
// TODO: publishMessage('Holberton Student #3 starts course', 400);
