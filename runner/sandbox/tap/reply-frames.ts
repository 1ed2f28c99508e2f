import { formBy } from '../../redis/protocol/resp';

/** Cuts what a server sends into whole replies and pushes, as they are: byte for byte. */
export class ReplyFrames {
  #held: Buffer = Buffer.alloc(0);
  /** With fewer bytes than these there is no whole reply: no need to look. */
  #needed = 0;

  /** @returns the replies that the chunk completes */
  read(chunk: Buffer): Buffer[] {
    this.#held = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const frames: Buffer[] = [];
    let start = 0;
    while (this.#held.length - start >= this.#needed) {
      const end = frameEnd(this.#held, start);
      if (end > this.#held.length) {
        this.#needed = end - start;
        break;
      }
      frames.push(this.#held.subarray(start, end));
      this.#needed = 1;
      start = end;
    }
    this.#held = this.#held.subarray(start);
    return frames;
  }
}

/** @returns the frames of the items of an array, a push or a set; nothing where it is none */
export function itemsOf(frame: Buffer): Buffer[] | undefined {
  if (formBy(frame[0] ?? 0) !== 'items') return undefined;
  let at = frame.indexOf('\r\n') + 2;
  const items: Buffer[] = [];
  while (at < frame.length) {
    const end = frameEnd(frame, at);
    items.push(frame.subarray(at, end));
    at = end;
  }
  return items;
}

export function isPush(frame: Buffer): boolean {
  return frame[0] === greater;
}

/** @returns a bulk string's or a status's bytes as latin1, a number's digits */
export function textOf(frame: Buffer | undefined): string {
  if (!frame) return '';
  const end = frame.indexOf('\r\n');
  if (frame[0] !== dollar) return frame.toString('latin1', 1, end);
  return frame.toString('latin1', end + 2, Math.max(end + 2, frame.length - 2));
}

/** @param text latin1 */
export function bulk(text: string): Buffer {
  return Buffer.from(`$${text.length}\r\n${text}\r\n`, 'latin1');
}

/** @param like a frame of the kind that it is to be: by default an array */
export function array(items: readonly Buffer[], like?: Buffer): Buffer {
  const sign = String.fromCharCode(like?.[0] ?? star);
  return Buffer.concat([Buffer.from(`${sign}${items.length}\r\n`), ...items]);
}

const [dollar, star, greater] = [36, 42, 62];

/** Where the reply ends; past the end of the bytes where it is not all there. */
function frameEnd(bytes: Buffer, start: number): number {
  const line = bytes.indexOf('\r\n', start);
  if (line < 0) return bytes.length + 1;
  const after = line + 2;
  const form = formBy(bytes[start] ?? 0);
  if (form === undefined || form === 'line') return after;
  const length = Number(bytes.toString('latin1', start + 1, line));
  if (!(length >= 0)) return after;
  if (form === 'bytes') return after + length + 2;
  let left = form === 'items' ? length : 2 * length;
  if (form === 'attribute') left += 1;
  let end = after;
  for (; left > 0; left -= 1) {
    if (end >= bytes.length) return bytes.length + 1;
    end = frameEnd(bytes, end);
  }
  return end;
}
