import redis from 'redis';

class Schools {
  constructor(client) {
    this.client = client;
    this.display = this.display.bind(this);
  }

  save(name, value) {
    return this.client.SET(name, value, redis.print);
  }

  display(name) {
    return this.client.GET(name, function onReply(error, reply) {
      if (error) throw error;
      process.stdout.write(`${reply}\n`);
    });
  }
}

const client = redis.createClient({ host: 'localhost' });
client.on('ready', () => console.log('Redis client connected to the server'));
client.on('error', ({ message }) => console.log(`Redis client not connected to the server: ${message}`));
const schools = new Schools(client);

export function setNewSchool(schoolName, value) {
  schools.save(schoolName, value);
}

export const displaySchoolValue = schools.display;

displaySchoolValue('Holberton');
setNewSchool('HolbertonSanFrancisco', '100');
displaySchoolValue('HolbertonSanFrancisco');
