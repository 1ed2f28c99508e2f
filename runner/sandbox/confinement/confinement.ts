import { RequestReader } from '../../redis/embedded/protocol/request';
import { reachesBeyond } from '../../redis/url/confined';
import { array, bulk, isPush, itemsOf, ReplyFrames, textOf } from '../tap/reply-frames';
import { isSubscription, Subscriptions } from '../tap/subscriptions';
import { ChannelNames } from './channel-names';
import { GuardedScripts } from './guarded-scripts';

/*
 * Keeps one connection of a program inside one database of a server that is not ours. Every
 * command of the program becomes exactly one command to the server, and every reply one reply, so
 * that their order needs no care: what may not be sent is sent as PING, and the answer to that is
 * exchanged for ours. docs/confinement.md says what a program gets to see.
 */

/** What all connections of one sandbox to a server that is not ours have in common. */
export class Shared {
  readonly channels = new ChannelNames();
  readonly scripts = new GuardedScripts(this.channels);
}

/** What becomes of one command: what is sent, and how its reply is changed. */
interface Passage {
  words: string[];
  change?: (reply: Buffer) => Buffer;
  /** Of a subscription: how many names it has, as each is confirmed by itself. */
  asked?: number;
}

/** A command under way, and whether a transaction was open before it. */
interface Pending extends Omit<Passage, 'words'> {
  name: string;
  queued: boolean;
}

export class Confinement {
  readonly #shared: Shared;
  readonly #requests = new RequestReader();
  readonly #replies = new ReplyFrames();
  readonly #pending: Pending[] = [];
  readonly #subscriptions = new Subscriptions();
  #inTransaction = false;
  /** How to change the replies of the commands that EXEC will run. */
  #queue: Passage['change'][] = [];

  constructor(shared: Shared) {
    this.#shared = shared;
  }

  /**
   * @param bytes from the program
   * @returns what goes to the server
   * @throws ProtocolFault where they are no commands
   */
  request(bytes: Buffer): Buffer {
    this.#requests.push(bytes);
    const onward: Buffer[] = [];
    for (let words = this.#requests.next(); words; words = this.#requests.next()) {
      const name = (words[0] ?? '').toUpperCase();
      const passage = this.#passage(name, words);
      const ends = name === 'EXEC' || name === 'DISCARD';
      this.#pending.push({ ...passage, name, queued: this.#inTransaction && !ends });
      if (name === 'MULTI') this.#inTransaction = true;
      if (ends) this.#inTransaction = false;
      onward.push(array(passage.words.map(bulk)));
    }
    return Buffer.concat(onward);
  }

  /**
   * @param bytes from the server
   * @returns what goes to the program
   */
  reply(bytes: Buffer): Buffer {
    return Buffer.concat(this.#replies.read(bytes).map((frame) => this.#replied(frame)));
  }

  #passage(name: string, words: string[]): Passage {
    const { channels, scripts } = this.#shared;
    if (isSubscription(name)) {
      if (this.#inTransaction) return refused('a subscription inside MULTI is');
      return {
        words: [name, ...words.slice(1).map((channel) => channels.inside(channel))],
        change: (reply) => channels.outsideAll(reply),
        asked: words.length - 1,
      };
    }
    switch (name) {
      case 'SELECT':
        return answered(selectAnswer(words));
      case 'FLUSHALL':
        return { words: ['FLUSHDB', ...words.slice(1)] };
      case 'PUBLISH':
      case 'SPUBLISH':
        return { words: words.map((word, at) => (at === 1 ? channels.inside(word) : word)) };
      case 'PUBSUB':
        return { words: channels.asked(words), change: (reply) => channels.outsideAll(reply) };
      case 'EVAL':
      case 'EVAL_RO':
        return { words: words.map((word, at) => (at === 1 ? scripts.guarded(word) : word)) };
      case 'EVALSHA':
      case 'EVALSHA_RO': {
        const known = scripts.known(words[1] ?? '');
        if (known === undefined) return answered('-NOSCRIPT No matching script. Please use EVAL.');
        return { words: words.map((word, at) => (at === 1 ? known : word)) };
      }
    }
    const sub = (words[1] ?? '').toUpperCase();
    if (name === 'SCRIPT' && sub === 'LOAD' && words[2] !== undefined) {
      const own = scripts.sha(words[2]);
      const words_ = [name, sub, scripts.guarded(words[2])];
      return { words: words_, change: (reply) => (isBulk(reply) ? bulk(own) : reply) };
    }
    if (name === 'SCRIPT' && sub === 'EXISTS') {
      const known = words.slice(2).map((sha) => scripts.known(sha) ?? '0'.repeat(40));
      return { words: [name, sub, ...known] };
    }
    if (reachesBeyond(words)) {
      return refused(`${sub !== '' && hasSubcommands.has(name) ? `${name} ${sub}` : name} is`);
    }
    return { words };
  }

  #replied(frame: Buffer): Buffer {
    const items = itemsOf(frame);
    const pending = this.#pending[0];
    const told = { isPush: isPush(frame), kind: textOf(items?.[0]), name: textOf(items?.[1]) };
    if (items && this.#subscriptions.comesByItself(told, pending?.name)) {
      return this.#shared.channels.outsideAll(frame);
    }
    if (!pending) return frame;
    if (pending.asked !== undefined && items) {
      if (this.#subscriptions.confirmed(told, pending.asked)) this.#pending.shift();
      return pending.change?.(frame) ?? frame;
    }
    this.#pending.shift();
    if (pending.queued) {
      // An error now, such as a wrong number of arguments, keeps the command out of the queue.
      if (textOf(frame) === 'QUEUED') this.#queue.push(pending.change);
      else if (pending.change && pending.name !== 'MULTI') return pending.change(frame);
      return frame;
    }
    if (pending.name === 'EXEC' || pending.name === 'DISCARD') return this.#executed(items, frame);
    return pending.change?.(frame) ?? frame;
  }

  #executed(items: Buffer[] | undefined, frame: Buffer): Buffer {
    const queue = this.#queue;
    this.#queue = [];
    if (!items || items.length !== queue.length) return frame;
    return array(items.map((item, at) => queue[at]?.(item) ?? item));
  }
}

const hasSubcommands = new Set(
  'ACL CLIENT CLUSTER CONFIG DEBUG FUNCTION LATENCY MODULE SCRIPT SLOWLOG'.split(' '),
);

function answered(line: string): Passage {
  const reply = Buffer.from(`${line}\r\n`, 'latin1');
  return { words: ['PING'], change: () => reply };
}

/** @param what with its verb */
function refused(what: string): Passage {
  const name = what.replace(/[^\x20-\x7e]/g, '?').slice(0, 60);
  return answered(
    `-NOPERM ${name} not for programs of the workbook on a Redis that is not its own`,
  );
}

/** There is one database, whatever its number; numbers that a plain server has are accepted. */
function selectAnswer(words: string[]): string {
  const [, number = ''] = words;
  if (words.length !== 2) return "-ERR wrong number of arguments for 'select' command";
  if (!/^-?\d{1,9}$/.test(number)) return '-ERR value is not an integer or out of range';
  return Number(number) >= 0 && Number(number) < 16 ? '+OK' : '-ERR DB index is out of range';
}

function isBulk(reply: Buffer): boolean {
  return reply[0] === '$'.charCodeAt(0);
}
