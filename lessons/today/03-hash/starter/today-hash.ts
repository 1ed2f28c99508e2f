// Lesson 3: fill a hash from an object with redis 6, read it, count in it, and change two fields together.
// The text is at `npm start -- show today/3`; ask for a hint with `npm start -- hint today/3`.

// TODO: bring over the client of today-client, and its listener for errors

// TODO: moveStudents(from, to, count): both fields in one transaction, logs "FROM: NUMBER, TO: NUMBER"

// TODO: connect, and log "Redis client connected to the server" when that is done

// TODO: store the six schools under HolbertonSchools in one command, and log "Reply: " and the reply

// TODO: read the whole hash, and log the object

// TODO: add 3 to the field Paris, and log "Paris: " and the new number

// TODO: moveStudents('Seattle', 'New York', 10);

// TODO: close the client
