import type { Place } from '../../redis/embedded/conformance/wire';
import { settingsAnew } from './administration';
import { level } from './exemptions';
import { Line } from './line';
import type { Tree } from './reply-tree';
import { LISTENER, MONITOR, type Step, WATCHER } from './sequence';

/** ms without a reply after which the server counts as stalled. */
const PATIENCE = 5_000;
const DATABASES = [0, 1, 2, 3];
const DUMPS: Record<string, readonly string[]> = {
  string: ['GET'],
  list: ['LRANGE', '0', '-1'],
  set: ['SMEMBERS'],
  hash: ['HGETALL'],
  zset: ['ZRANGE', '0', '-1', 'WITHSCORES'],
  stream: ['XRANGE', '-', '+'],
};

/** All keyspace notifications. */
const EVENTS = 'AKEnm';

function notifying(events: string): string[] {
  return ['CONFIG', 'SET', 'notify-keyspace-events', events];
}

/** The command with its key and time, then the bytes. */
const RESTORED = /("RESTORE"(?: "(?:[^"\\]|\\.)*"){2}) "(?:[^"\\]|\\.)*"/;

/** What a sequence brought: a text for each step, then what the listener heard and each key. */
export interface Outcome {
  readonly steps: string[];
  readonly rest: string[];
}

/**
 * Plays a sequence on a server that is emptied first. Steps that get no answer are `(stalled)`.
 * @param protocol that its connections choose first
 */
export async function perform(
  place: Place,
  steps: readonly Step[],
  protocol: 2 | 3,
): Promise<Outcome> {
  const stage = new Stage(place, protocol);
  try {
    await stage.ask(0, [
      ['FLUSHALL'],
      ['SCRIPT', 'FLUSH'],
      ['FUNCTION', 'FLUSH'],
      settingsAnew,
      ['ACL', 'LOG', 'RESET'],
      notifying(EVENTS),
    ]);
    await stage.ask(WATCHER, [['PSUBSCRIBE', '__key*']]);
    await stage.ask(MONITOR, [['MONITOR']]);
    for (let at = 0; at < steps.length; ) {
      const connection = steps[at]?.connection ?? 1;
      let end = at + 1;
      while (connection < 3 && steps[end]?.connection === connection) end += 1;
      await stage.play(steps.slice(at, end), at);
      at = end;
    }
    const texts = steps.map((_, at) => stage.outcomes.get(at) ?? '(blocked)');
    await stage.ask(0, [notifying('')]);
    const heard = [...(await stage.heard(LISTENER)), ...(await stage.heard(WATCHER))];
    return { steps: texts, rest: [...heard, ...(await stage.shown()), ...(await stage.data())] };
  } catch (error) {
    if (!(error instanceof Stalled)) throw error;
    return { steps: steps.map((_, at) => stage.outcomes.get(at) ?? error.message), rest: [] };
  } finally {
    await stage.close();
  }
}

/** All data of a server: a line for the time of each key, and one for its value. */
export async function dataOf(place: Place): Promise<string[]> {
  const stage = new Stage(place, 2);
  try {
    return await stage.data();
  } finally {
    await stage.close();
  }
}

/** The server answers no more. */
class Stalled extends Error {
  override name = 'Stalled';
}

interface Blocked {
  readonly line: Line;
  readonly at: number;
  readonly args: readonly string[];
}

/** The connections to one server; number 0 looks at it from outside, always by RESP2. */
class Stage {
  readonly outcomes = new Map<number, string>();
  readonly #lines = new Map<number, Line>();
  readonly #queues = new Map<number, (readonly string[])[]>();
  readonly #blocked = new Map<number, Blocked>();
  #wake: () => void = () => {};

  constructor(
    readonly place: Place,
    readonly protocol: 2 | 3,
  ) {}

  /** Steps that follow each other on one connection; all but the last are sure not to block. */
  async play(steps: readonly Step[], from: number): Promise<void> {
    const connection = steps[0]?.connection ?? 1;
    if (this.#blocked.has(connection)) return;
    const line = await this.#line(connection);
    const before = line.replies.length;
    line.send(steps.map(({ args }) => args));
    if (connection === LISTENER) return this.#listen(line);
    if (connection >= 3) return this.#mayBlock(connection, line, from, steps[0]?.args ?? []);
    await this.#until(() => line.replies.length >= before + steps.length || line.closed);
    const replies = line.replies.splice(before);
    for (const [at, { args }] of steps.entries()) {
      this.outcomes.set(from + at, this.#told(connection, args, replies[at] ?? '(closed)'));
    }
    await this.#settle();
  }

  async ask(connection: number, commands: readonly (readonly string[])[]): Promise<Tree[]> {
    const line = await this.#line(connection);
    line.send(commands);
    await this.#until(() => line.replies.length >= commands.length || line.closed);
    return line.replies.splice(0);
  }

  /** Everything that a connection got that only listens, in its order. */
  async heard(connection: number): Promise<string[]> {
    const line = this.#lines.get(connection);
    if (!line) return [];
    line.send([['PING', 'last']]);
    await this.#listen(line);
    return line.replies.map((tree) => `heard ${JSON.stringify(tree)}`);
  }

  /** The commands that a client saw by MONITOR, without their times and clients. */
  async shown(): Promise<string[]> {
    const line = await this.#line(MONITOR);
    await this.ask(0, [['ECHO', 'the end']]);
    await this.#until(() => String(line.replies.at(-1)).includes('"the end"'));
    // How often a server is asked whether a client waits, and with which number, is another matter
    // each time.
    return (
      line.replies
        .map((tree) => String(tree).replace(/^\+[\d.]+ \[(\d+) (lua)?[^\]]*\]/, 'shown [$1 $2]'))
        // What a script restores is what it has dumped, and a hash table has no order.
        .map((text) => text.replace(RESTORED, '$1 "bytes"'))
        .filter((text) => !/"INFO" "clients"$|"PING" "\d+"$/.test(text))
    );
  }

  /** Every key of every database: its type, its time, its value. */
  async data(): Promise<string[]> {
    const told: string[] = [];
    for (const db of DATABASES) {
      const [, keys = []] = await this.ask(0, [
        ['SELECT', String(db)],
        ['KEYS', '*'],
      ]);
      const names = (Array.isArray(keys) ? keys : []).map((key) => String(key).slice(1)).sort();
      if (names.length === 0) continue;
      const types = await this.ask(
        0,
        names.map((name) => ['TYPE', name]),
      );
      const questions = names.flatMap((name, at) => {
        const [command = 'GET', ...words] = DUMPS[String(types[at]).slice(1)] ?? [];
        return [
          ['PEXPIRETIME', name],
          [command, name, ...words],
          ...(command === 'XRANGE' ? [['XINFO', 'STREAM', name, 'FULL', 'COUNT', '0']] : []),
        ];
      });
      const answers = await this.ask(0, questions);
      for (const [at, question] of questions.entries()) {
        const answer = JSON.stringify(level(answers[at] ?? '', question));
        told.push(
          `database ${db}: ${question.map((word) => JSON.stringify(word)).join(' ')} ${answer}`,
        );
      }
    }
    return told;
  }

  async close(): Promise<void> {
    const lines = [...this.#lines.values()];
    for (const line of lines) line.close();
    await this.#until(() => lines.every(({ closed }) => closed));
  }

  /** Until the server says that the client waits, or its reply is there. */
  async #mayBlock(connection: number, line: Line, at: number, args: readonly string[]) {
    this.#blocked.set(connection, { line, at, args });
    const started = line.replies.length;
    while (line.replies.length === started && (await this.#waiting()) < this.#blocked.size) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    await this.#settle();
  }

  /** Takes the replies of those who waited and got something. */
  async #settle(): Promise<void> {
    if (this.#blocked.size === 0) return;
    const served = () =>
      [...this.#blocked].filter(([, { line }]) => line.replies.length > 0 || line.closed);
    const wanted = this.#blocked.size - (await this.#waiting());
    await this.#until(() => served().length >= wanted);
    for (const [connection, { line, at, args }] of served()) {
      this.#blocked.delete(connection);
      const [reply = '(closed)'] = line.replies.splice(0);
      this.outcomes.set(at, this.#told(connection, args, reply));
    }
  }

  async #waiting(): Promise<number> {
    const [info = ''] = await this.ask(0, [['INFO', 'clients']]);
    return Number(/blocked_clients:(\d+)/.exec(String(info))?.[1]);
  }

  async #listen(line: Line): Promise<void> {
    const marker = `${line.replies.length}`;
    line.send([['PING', marker]]);
    const isMarker = (tree: Tree | undefined) =>
      Array.isArray(tree) ? tree[0] === '$pong' && tree[1] === `$${marker}` : tree === `$${marker}`;
    await this.#until(() => isMarker(line.replies.at(-1)));
    line.replies.pop();
  }

  /** Keeps book of MULTI, so that the replies in EXEC's can be told by their commands. */
  #told(connection: number, args: readonly string[], reply: Tree): string {
    const queue = this.#queues.get(connection) ?? [];
    let tree = level(reply, args);
    if (reply === '+QUEUED') {
      queue.push(args);
      tree = reply;
    } else if (/^exec$/i.test(args[0] ?? '') && Array.isArray(reply)) {
      tree = reply.map((one, at) => level(one, queue[at] ?? []));
    }
    const over = reply !== '+QUEUED' && /^(exec|discard)$/i.test(args[0] ?? '');
    this.#queues.set(connection, over ? [] : queue);
    return JSON.stringify(tree);
  }

  async #line(connection: number): Promise<Line> {
    const before = this.#lines.get(connection);
    if (before) return before;
    const line = await Line.open(this.place, () => this.#wake());
    this.#lines.set(connection, line);
    if (this.protocol === 3 && connection > 0) await this.ask(connection, [['HELLO', '3']]);
    return line;
  }

  async #until(reached: () => boolean): Promise<void> {
    if (reached()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Stalled('(stalled)')), PATIENCE);
      this.#wake = () => {
        if (!reached()) return;
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
