import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Ended, workbook } from './command-line';
import { lessons } from './course-folder';

/** What a learner types, and what they do then. */
export interface Deed {
  /** The command and its options. */
  line: string;
  /** Typed at it. */
  input?: string;
  /** Once this was printed, the signal is sent, and soon after it again. */
  until?: RegExp;
  signal?: 'SIGINT' | 'SIGKILL';
}

/** Does everything that a program must not do to a Redis of somebody else, and then fills it. */
export const roughProgram = `import redis from 'redis';
const client = redis.createClient();
client.on('connect', () => console.log('Redis client connected to the server'));
client.on('error', () => {});
const send = (line) => client.send_command(line.split(' ')[0], line.split(' ').slice(1), () => {});
const everything = () => {
  send('SELECT 0');
  send('FLUSHALL');
  send('FLUSHDB');
  send('SWAPDB 0 3');
  send('MOVE text 0');
  send('CONFIG SET maxmemory 1mb');
  send('CONFIG SET appendonly yes');
  send('CONFIG REWRITE');
  send('SCRIPT FLUSH');
  send('CLIENT KILL TYPE normal');
  client.eval("redis.call('SELECT', 0) redis.call('FLUSHALL') return 1", 0, () => {});
  client.multi().select(0).flushall().set('text', 'of the program').exec(() => {});
  send('SHUTDOWN NOSAVE');
  for (const db of [3, 0]) {
    send('SELECT ' + db);
    for (const key of ['text', 'Holberton', 'passing', 'n']) send('SET ' + key + ' of-the-program');
    send('DEL hash');
    send('LPUSH list x');
    send('PERSIST list');
  }
};
everything();
client.ping(() => console.log('done'));
`;

/** A learner with a workspace of their own, at the command line. */
export class Learner {
  readonly home: string;
  readonly #state: string;

  /** @param folder for the workspace and what the workbook remembers outside of it */
  constructor(folder: string) {
    this.home = mkdtempSync(path.join(folder, 'home-'));
    this.#state = mkdtempSync(path.join(folder, 'state-'));
    mkdirSync(this.home, { recursive: true });
  }

  write(name: string, text: string): void {
    writeFileSync(path.join(this.home, name), text);
  }

  /** @returns how the command ended, and what it printed */
  does({ line, input, until, signal = 'SIGINT' }: Deed): Promise<Ended> {
    let printed = '';
    let sent = false;
    return workbook(line.split(' ').filter(Boolean), {
      cwd: this.home,
      env: {
        WORKBOOK_HOME: this.home,
        WORKBOOK_LESSONS: lessons,
        XDG_STATE_HOME: this.#state,
        LOCALAPPDATA: this.#state,
        EDITOR: 'true',
      },
      ...(input === undefined ? {} : { input }),
      onOutput: (text, child) => {
        printed += text;
        if (sent || !until?.test(printed)) return;
        sent = true;
        child.kill(signal);
        // npm hands on what the terminal has sent already, where its shell is bash.
        setTimeout(() => child.kill(signal), 2);
      },
    });
  }
}
