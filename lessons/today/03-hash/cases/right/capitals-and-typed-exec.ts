import { createClient } from 'redis';

const client = createClient();
client.on('error', () => {});

async function moveStudents(from: string, to: string, count: number): Promise<void> {
  const [left, arrived] = await client
    .MULTI()
    .HINCRBY('HolbertonSchools', from, -count)
    .HINCRBY('HolbertonSchools', to, count)
    .execTyped();
  console.log('%s: %d, %s: %d', from, left, to, arrived);
}

async function main(): Promise<void> {
  try {
    await client.connect();
    console.log('Redis client connected to the server');
    const added = await client.HSET('HolbertonSchools', {
      Portland: '50',
      Seattle: '80',
      'New York': '20',
      Bogota: '20',
      Cali: '40',
      Paris: '2',
    });
    console.log(`Reply: ${added}`);
    console.log(await client.HGETALL('HolbertonSchools'));
    console.log(`Paris: ${await client.HINCRBY('HolbertonSchools', 'Paris', 3)}`);
    await moveStudents('Seattle', 'New York', 10);
  } catch (error) {
    console.error(error);
    process.exitCode = 1;
  } finally {
    if (client.isOpen) client.destroy();
  }
}

void main();
