import { randomBytes } from 'node:crypto';
import { array, bulk, itemsOf, textOf } from '../tap/reply-frames';

/**
 * Channels are the one thing that all databases of a server have in common. On a server that is
 * not ours each sandbox has its own: their names get a beginning on the way in, which is taken off
 * on the way out.
 */
export class ChannelNames {
  /** No letter in it means anything in a pattern. */
  readonly beginning = `workbook-${randomBytes(6).toString('hex')}:`;

  /** The name as the server knows it. */
  inside(channel: string): string {
    return this.beginning + channel;
  }

  /** Names in a reply or push as the program knows them: of bulk strings and of arrays of them. */
  outsideAll(reply: Buffer): Buffer {
    const items = itemsOf(reply);
    // What a message says stays as it is, also where it begins like a name.
    const last = items && /^[ps]?message$/.test(textOf(items[0])) ? items.length - 1 : undefined;
    if (items) {
      const outside = items.map((item, at) => (at === last ? item : this.outsideAll(item)));
      return array(outside, reply);
    }
    if (reply[0] !== '$'.charCodeAt(0)) return reply;
    const text = textOf(reply);
    return text.startsWith(this.beginning) ? bulk(text.slice(this.beginning.length)) : reply;
  }

  /** PUBSUB, asking about our channels only. */
  asked(words: string[]): string[] {
    const [name = '', question = '', ...rest] = words;
    const upper = question.toUpperCase();
    if (upper.endsWith('CHANNELS')) return [name, question, this.inside(rest[0] ?? '*')];
    if (upper.endsWith('NUMSUB')) return [name, question, ...rest.map((one) => this.inside(one))];
    return words;
  }
}
