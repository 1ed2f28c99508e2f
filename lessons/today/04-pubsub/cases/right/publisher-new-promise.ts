import { createClient } from 'redis';

const publisher = createClient({ socket: { reconnectStrategy: (n) => (n < 5 ? 50 : new Error('gone')) } });

publisher.on('error', (error) => {
  console.log(`Redis client not connected to the server: ${error.message || error.code}`);
});

export function publishMessage(message: string, time: number): Promise<number> {
  return new Promise((resolve, reject) => {
    setTimeout(() => {
      console.log(`About to send ${message}`);
      publisher.publish('holberton school channel', message).then(resolve, reject);
    }, time);
  });
}

const start = async () => {
  try {
    await publisher.connect();
    console.log('Redis client connected to the server');
    await Promise.allSettled([
      publishMessage('Holberton Student #1 starts course', 100),
      publishMessage('Holberton Student #2 starts course', 200),
      publishMessage('KILL_SERVER', 300),
      publishMessage('Holberton Student #3 starts course', 400),
    ]);
  } catch {
    process.exitCode = 1;
  } finally {
    if (publisher.isOpen) await publisher.close();
  }
};

start();
