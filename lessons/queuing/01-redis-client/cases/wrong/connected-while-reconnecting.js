import { createClient } from 'redis';

const client = createClient();
const connected = () => console.log('Redis client connected to the server');

client.on('connect', connected);
client.on('reconnecting', connected);
client.on('error', ({ message }) => console.log('Redis client not connected to the server: ' + message));
