// Lesson 1: connect to Redis with redis 6, and give up in time if it is not there.
// The text is at `npm start -- show today/1`; ask for a hint with `npm start -- hint today/1`.

// TODO: import createClient from the package `redis`

// TODO: make a client whose reconnect strategy gives up after a few attempts

// TODO: log "Redis client not connected to the server: " and the error's message when it fails

// TODO: connect, and log "Redis client connected to the server" when that is done

// TODO: send PING, and log "Reply: " and what comes

// TODO: close the client
