// Lesson 2: store a value in Redis and read it back, with callbacks.
// The text is at `npm start -- show 2`; ask for a hint with `npm start -- hint 2`.

// TODO: bring over your code of 0-redis_client

// TODO: setNewSchool(schoolName, value): stores the value, confirms with redis.print

// TODO: displaySchoolValue(schoolName): logs the value that is stored there

// TODO: displaySchoolValue('Holberton');
// TODO: setNewSchool('HolbertonSanFrancisco', '100');
// TODO: displaySchoolValue('HolbertonSanFrancisco');
