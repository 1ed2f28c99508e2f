import redis from 'redis';

const client = redis.createClient();

client.set('greeting', 'hello', redis.print);
