import path from 'node:path';
import { ConnectionLost, openConnection, type RedisConnection } from '../../redis/connection';
import type { RedisInstance, RedisSource } from '../../redis/instance';
import { InvalidArguments, splitCommandLine } from '../../redis/protocol/command-line';
import { replyText } from '../../redis/protocol/reply-text';
import { RedisReplyError, type Reply } from '../../redis/protocol/resp';
import { reachesBeyond } from '../../redis/url/confined';
import { confinedEndpoint, type Endpoint } from '../../sandbox/confinement/confined-endpoint';
import type { Shared } from '../../sandbox/confinement/confinement';

interface SessionOptions {
  /** Where SAVE writes; undefined for a server that is not ours. */
  rdb: string | undefined;
  print(text: string): void;
  terminal: boolean;
  /** On a Redis that is not ours: what it has in common with the programs whose messages it hears. */
  shared?: Shared | undefined;
}

/** The prompt's side towards Redis: lines go in, what to show comes out. */
export class PromptSession {
  readonly #instance: RedisInstance;
  /** To a Redis that is not ours there is a tap in between, as for programs. */
  readonly #endpoint: Endpoint;
  readonly #options: SessionOptions;
  #connection: RedisConnection;
  #db = 0;
  #inTransaction = false;
  #busy = false;
  #interrupted = false;

  private constructor(
    instance: RedisInstance,
    endpoint: Endpoint,
    connection: RedisConnection,
    options: SessionOptions,
  ) {
    this.#instance = instance;
    this.#endpoint = endpoint;
    this.#connection = connection;
    this.#options = options;
  }

  /** @throws EnvironmentError where Redis does not start */
  static async open(source: RedisSource, options: SessionOptions): Promise<PromptSession> {
    const instance = await source.open(options.rdb === undefined ? {} : { rdb: options.rdb });
    let endpoint: Endpoint | undefined;
    try {
      endpoint = instance.shared
        ? await confinedEndpoint(instance, options.shared)
        : { ...instance, close() {} };
      return new PromptSession(instance, endpoint, await openConnection(endpoint), options);
    } catch (error) {
      endpoint?.close();
      await instance.close();
      throw error;
    }
  }

  /** Which Redis this is, what becomes of the data, and the way out. */
  get greeting(): string {
    const { kind, version } = this.#instance;
    if (kind === 'url') {
      return `Your own Redis ${version}, in an empty database of it.\nexit leaves, and empties it again.`;
    }
    const name = kind === 'embedded' ? `The embedded Redis (${version})` : `Redis ${version}`;
    return `${name}, started for you alone.\nSAVE writes its data to ${this.#file}; exit leaves.`;
  }

  /** The RDB file, as seen from the current folder where it is below it. */
  get #file(): string {
    const file = path.resolve(this.#options.rdb ?? '');
    const near = path.relative(process.cwd(), file);
    return near.startsWith('..') ? file : near;
  }

  /** The course's programs know this Redis under the usual address, and so does the prompt. */
  get prompt(): string {
    const db = this.#db === 0 ? '' : `[${this.#db}]`;
    return `127.0.0.1:6379${db}${this.#inTransaction ? '(TX)' : ''}> `;
  }

  /** True while a command waits for its reply, or for messages. */
  get busy(): boolean {
    return this.#busy;
  }

  /**
   * Runs one line and prints what comes of it.
   * @returns false where nothing can follow
   */
  async execute(line: string): Promise<boolean> {
    this.#interrupted = false;
    this.#busy = true;
    try {
      return await this.#run(splitCommandLine(line));
    } catch (error) {
      if (error instanceof ConnectionLost) return this.#reconnect();
      if (!(error instanceof InvalidArguments)) throw error;
      this.#options.print(error.message);
      return true;
    } finally {
      this.#busy = false;
    }
  }

  /** Ends the command that waits, with its connection. */
  interrupt(): void {
    if (!this.#busy) return;
    this.#interrupted = true;
    this.#connection.close();
  }

  /** Ends the connection and the Redis behind it. */
  async close(): Promise<void> {
    await this.#connection.close();
    this.#endpoint.close();
    await this.#instance.close();
  }

  async #run(words: Buffer[]): Promise<boolean> {
    const { print } = this.#options;
    const name = words[0]?.toString().toUpperCase() ?? '';
    if (name === 'EXIT' || name === 'QUIT') return false;
    if (name === '') return true;
    if (name === 'HELP') print(help);
    else if (name === 'HELLO' && words.length > 1) print(onlyResp2);
    else if (this.#instance.shared && reachesBeyond(words)) print(`${name} ${beyond}`);
    else if (endless.has(name)) await this.#listen(words);
    else await this.#send(name, words);
    return true;
  }

  async #send(name: string, words: Buffer[]): Promise<void> {
    const { print, terminal } = this.#options;
    const [reply = null] = await this.#connection.sendAll([words]);
    print(reply instanceof Buffer && asText(words) ? text(reply) : replyText(reply));
    if (name === 'EXEC' || name === 'DISCARD') this.#inTransaction = false;
    if (reply instanceof RedisReplyError || this.#inTransaction) return;
    if (name === 'MULTI') this.#inTransaction = true;
    if (name === 'SELECT') this.#db = Number(words[1]);
    if (name === 'RESET') this.#db = 0;
    if (name === 'SAVE' && terminal) print(`The data is in ${this.#file}.`);
  }

  async #listen(words: Buffer[]): Promise<void> {
    const { print, terminal } = this.#options;
    if (terminal) print('Messages are shown as they come; Ctrl-C ends this.');
    this.#connection.listen(words, (reply: Reply) => print(replyText(reply)));
    throw (await this.#connection.ended) ?? new ConnectionLost('interrupted');
  }

  /** A new connection in place of the one that ended, where there is still a Redis. */
  async #reconnect(): Promise<boolean> {
    this.#inTransaction = false;
    await this.#connection.close();
    try {
      this.#connection = await openConnection(this.#endpoint);
      if (this.#db !== 0) await this.#connection.send('SELECT', String(this.#db));
    } catch {
      this.#options.print(this.#instance.shared ? lost : gone);
      return false;
    }
    if (!this.#interrupted)
      this.#options.print(
        'Redis closed the connection; there is a new one, so enter the command again.',
      );
    return true;
  }
}

/** They answer again and again. */
const endless = new Set(['SUBSCRIBE', 'PSUBSCRIBE', 'SSUBSCRIBE', 'MONITOR']);

/** Replies meant to be read as they are, line by line. */
function asText(words: Buffer[]): boolean {
  const line = words.slice(0, 2).join(' ').toUpperCase();
  return /^(INFO|LOLWUT)\b|^CLIENT (LIST|INFO)$|^(MEMORY|LATENCY) DOCTOR$/.test(line);
}

const text = (reply: Buffer) => reply.toString().replaceAll('\r\n', '\n').trimEnd();

const help = `Type a command of Redis, such as SET name value, GET name or KEYS *.
Tab completes its name, the arrows bring back earlier lines, exit leaves.
All commands: https://redis.io/docs/latest/commands/`;
const onlyResp2 = 'This prompt speaks RESP2 only; HELLO cannot change that.';
const beyond = 'would reach beyond the one database in use here; on your own Redis it is not sent.';
const gone = 'Redis has ended; what SAVE did not write is gone.';
const lost = 'The connection to your Redis broke off and cannot be opened again.';
