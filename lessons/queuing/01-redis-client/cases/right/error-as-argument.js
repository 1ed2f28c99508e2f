import redis from 'redis';

const client = redis.createClient(6379, '127.0.0.1');

const onConnect = () => console.log('Redis client connected to the server');
const onError = (error) => console.log('Redis client not connected to the server:', error);

client.on('connect', onConnect);
client.on('error', onError);
