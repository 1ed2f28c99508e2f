// Lesson 4: store six schools in one hash and read the hash back.
// The text is at `npm start -- show 4`; ask for a hint with `npm start -- hint 4`.
import redis from 'redis';

const client = redis.createClient();

client.on('error', () => {
  // TODO: the message that you know from 0-redis_client
});

// TODO: log "Redis client connected to the server" when the connection stands

// TODO: store each school in the hash HolbertonSchools, with redis.print as the callback

// TODO: read the whole hash and log it
