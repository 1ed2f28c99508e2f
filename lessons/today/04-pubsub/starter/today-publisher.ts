// Lesson 4, the speaking half: send four messages to a channel, each at its time, and end.
// The text is at `npm start -- show today/4`; ask for a hint with `npm start -- hint today/4`.

// TODO: bring over the client of today-client, and its listener for errors

// TODO: publishMessage(message, time): after `time` ms, log "About to send ..." and publish

// TODO: connect, and log "Redis client connected to the server" when that is done

// TODO: publishMessage('Holberton Student #1 starts course', 100)
// TODO: publishMessage('Holberton Student #2 starts course', 200)
// TODO: publishMessage('KILL_SERVER', 300)
// TODO: publishMessage('Holberton Student #3 starts course', 400)

// TODO: close the client when all four are sent
