// Lesson 1: say on the console whether Redis can be reached.
// The text is at `npm start -- show 1`; ask for a hint with `npm start -- hint 1`.

// TODO: import the package `redis`

// TODO: make a client

// TODO: log "Redis client connected to the server" when the connection stands

// TODO: log "Redis client not connected to the server: " and the error when it fails
