import redis, { RedisClient } from 'redis';

const client: RedisClient = redis.createClient();
const CHANNEL = Buffer.from('holberton school channel');

const listeners: Record<string, (arg?: any) => void> = {
  connect: () => console.log('Redis client connected to the server'),
  error: (err: Error) => console.log(`Redis client not connected to the server: ${err.message}`),
};
for (const [event, listener] of Object.entries(listeners)) client.on(event, listener);

function publishMessage(message: string, time: number): void;
function publishMessage(message: string, time: number): void {
  const start = Date.now();
  const tick = setInterval(() => {
    if (Date.now() - start < time) return;
    clearInterval(tick);
    console.log(['About to send', message].join(' '));
    client.publish(CHANNEL as unknown as string, Buffer.from(message, 'utf8') as unknown as string);
  }, 10);
}

publishMessage('Holberton Student #1 starts course', 100);
publishMessage('Holberton Student #2 starts course', 200);
publishMessage('KILL_SERVER', 300);
publishMessage('Holberton Student #3 starts course', 400);

export {};
