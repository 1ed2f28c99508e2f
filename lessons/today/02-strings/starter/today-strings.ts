// Lesson 2: store and read values with redis 6, let one expire, count, and catch an error.
// The text is at `npm start -- show today/2`; ask for a hint with `npm start -- hint today/2`.

// TODO: bring over the client of today-client, and its listener for errors

// TODO: setNewSchool(schoolName, value): SET with NX, logs "Reply: " and the reply

// TODO: displaySchoolValue(schoolName): logs the value that is stored there

// TODO: saveCode(phoneNumber, code): SET of "code:PHONE_NUMBER" for 600 seconds, logs "Reply: " and the reply

// TODO: addStudent(schoolName): INCR, logs "NAME: " and the number, or the error's message

// TODO: connect, log "Redis client connected to the server", then make the calls, each after the one before:
// TODO: setNewSchool('Holberton', 'School');
// TODO: setNewSchool('HolbertonSanFrancisco', '100');
// TODO: setNewSchool('Holberton', '200');
// TODO: displaySchoolValue('Holberton');
// TODO: saveCode('4153518780', '7788');
// TODO: addStudent('HolbertonSanFrancisco');
// TODO: addStudent('Holberton');

// TODO: close the client
