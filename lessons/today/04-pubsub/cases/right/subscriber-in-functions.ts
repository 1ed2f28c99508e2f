import * as redis from 'redis';

type Client = ReturnType<typeof redis.createClient>;

const channel = 'holberton school channel';
const key = 'holberton school messages';

function listenForErrors(client: Client): Client {
  client.on('error', (error) => {
    console.error(`Redis client not connected to the server: ${error.message || error.code}`);
    console.log(`Redis client not connected to the server: ${error.message || error.code}`);
  });
  return client;
}

class School {
  private readonly commands: Client;
  private readonly messages: Client;

  constructor() {
    this.commands = listenForErrors(redis.createClient() as Client);
    this.messages = listenForErrors(this.commands.duplicate() as Client);
  }

  async open(): Promise<void> {
    await this.commands.connect();
    await this.messages.connect();
    console.log('Redis client connected to the server');
    await this.messages.subscribe(channel, (message, from) => {
      if (from !== channel) return;
      this.hear(message);
    });
  }

  private hear(message: string): void {
    console.log(message);
    void this.commands.rPush(key, message);
    switch (message) {
      case 'KILL_SERVER':
        void this.leave();
        break;
      default:
    }
  }

  private async leave(): Promise<void> {
    await this.messages.unsubscribe();
    await Promise.all([this.messages.close(), this.commands.close()]);
  }
}

void new School().open().catch(() => {
  process.exitCode = 1;
});
