// Lesson 5, the listening half: log what is said on a channel, until KILL_SERVER.
// The text is at `npm start -- show 5`; ask for a hint with `npm start -- hint 5`.
import redis from 'redis';

const subscriber = redis.createClient();

subscriber.on('error', () => {
  // TODO: the message that you know from 0-redis_client
});

// TODO: log "Redis client connected to the server" when the connection stands

// TODO: log each message; on KILL_SERVER, unsubscribe and quit as well

// TODO: subscribe to the channel "holberton school channel"
