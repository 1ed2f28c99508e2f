import redis from 'redis';

class SchoolHash {
  constructor(key) {
    this.key = key;
    this.client = redis.createClient();
    this.client.on('connect', () => console.log('Redis client connected to the server'));
    this.client.on('error', (err) => console.log(`Redis client not connected to the server: ${err}`));
  }

  fill(entries) {
    entries.forEach(([k, v]) => {
      this.client.hset(this.key, k, v, redis.print);
    });
    return this;
  }

  show() {
    this.client.hgetall(this.key, (err, obj) => {
      console.log(obj);
      // so that the next run prints 1 again and not 0
      this.client.del(this.key, () => this.client.quit());
    });
  }
}

new SchoolHash('HolbertonSchools')
  .fill([['Portland', 50], ['Seattle', 80], ['New York', 20], ['Bogota', 20], ['Cali', 40], ['Paris', 2]])
  .show();
