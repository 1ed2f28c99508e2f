import redis from 'redis';
import { promisify } from 'util';

class Schools {
  constructor() {
    this.client = redis.createClient();
    this.client.on('connect', () => console.log('Redis client connected to the server'));
    this.client.on('error', (error) => {
      console.log(`Redis client not connected to the server: ${error.message}`);
    });
    const get = promisify(this.client.get).bind(this.client);
    this.set = async (name, value) => this.client.set(name, value, redis.print);
    this.show = (name) => {
      get(name).then((value) => console.log(value));
    };
  }
}

const schools = new Schools();
const setNewSchool = schools.set;
const displaySchoolValue = schools.show;

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
