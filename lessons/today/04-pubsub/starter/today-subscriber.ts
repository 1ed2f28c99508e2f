// Lesson 4, the listening half: log and store what is said on a channel, until KILL_SERVER.
// The text is at `npm start -- show today/4`; ask for a hint with `npm start -- hint today/4`.

// TODO: bring over the client of today-client, and its listener for errors

// TODO: make a second client from it by duplicate(), with a listener for errors too

// TODO: connect both, and log "Redis client connected to the server" when that is done

// TODO: subscribe the second one to "holberton school channel", and log each message

// TODO: add each message to the list "holberton school messages", on the first client

// TODO: after KILL_SERVER, unsubscribe and close both
