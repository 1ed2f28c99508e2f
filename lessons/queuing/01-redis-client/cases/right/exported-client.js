import redis from 'redis';
import { promisify } from 'util';

// A client that other files may want later.
export class SchoolClient {
  constructor() {
    this.client = redis.createClient();
    this.client.on('connect', () => console.log('Redis client connected to the server'));
    this.client.on('error', (e) => console.log(`Redis client not connected to the server: ${e}`));
    this.get = promisify(this.client.get).bind(this.client);
  }
}

export const school = new SchoolClient();
