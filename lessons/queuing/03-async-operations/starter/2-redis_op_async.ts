// Lesson 3: the same result as 1-redis_op, read with promisify and async / await.
// The text is at `npm start -- show 3`; ask for a hint with `npm start -- hint 3`.

// TODO: bring over your code of 1-redis_op

// TODO: import promisify, and turn `client.get` into a function that returns a promise

// TODO: make displaySchoolValue an async function that awaits the value
