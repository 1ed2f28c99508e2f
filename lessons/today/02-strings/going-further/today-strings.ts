/*
 * The same, with errors told apart. What is added, and why:
 *
 * - Only what Redis itself refuses, an ErrorReply, is an answer about a
 *   school. If the connection breaks, nobody knows whether the student
 *   was counted: that error goes on to the caller.
 * - The client is closed whatever happens. Redis may refuse any
 *   command, such as a SET where its memory is full, and an open client
 *   would then keep the program alive.
 */

import { createClient, ErrorReply } from 'redis';

const client = createClient({
  socket: {
    reconnectStrategy: (retries) => (retries < 3 ? 100 * (retries + 1) : false),
  },
});

client.on('error', (error: Error & { code?: string }) => {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
});

async function setNewSchool(schoolName: string, value: string): Promise<void> {
  const reply = await client.set(schoolName, value, { condition: 'NX' });
  console.log(`Reply: ${reply}`);
}

async function displaySchoolValue(schoolName: string): Promise<void> {
  console.log(await client.get(schoolName));
}

async function saveCode(phoneNumber: string, code: string): Promise<void> {
  const expiration = { type: 'EX', value: 600 } as const;
  const reply = await client.set(`code:${phoneNumber}`, code, { expiration });
  console.log(`Reply: ${reply}`);
}

/** @throws what is no refusal of Redis, such as a lost connection */
async function addStudent(schoolName: string): Promise<void> {
  try {
    const students = await client.incr(schoolName);
    console.log(`${schoolName}: ${students}`);
  } catch (error) {
    if (!(error instanceof ErrorReply)) throw error;
    console.log(`${schoolName}: ${error.message}`);
  }
}

async function main(): Promise<void> {
  try {
    await client.connect();
    console.log('Redis client connected to the server');
    await setNewSchool('Holberton', 'School');
    await setNewSchool('HolbertonSanFrancisco', '100');
    await setNewSchool('Holberton', '200');
    await displaySchoolValue('Holberton');
    await saveCode('4153518780', '7788');
    await addStudent('HolbertonSanFrancisco');
    await addStudent('Holberton');
    await client.close();
  } finally {
    if (client.isOpen) client.destroy();
  }
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
