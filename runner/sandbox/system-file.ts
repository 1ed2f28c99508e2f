import { closeSync, openSync, readSync } from 'node:fs';

/** Used again and again: Node takes as much anew for each file of which the system knows no size. */
const bytes = Buffer.alloc(64 * 1024);

/**
 * Reads what Linux tells in a file such as those below /proc, a character for each byte.
 * @throws the system's error where it cannot be read
 */
export function readSystemFile(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    let text = '';
    for (;;) {
      const count = readSync(descriptor, bytes);
      if (count === 0) return text;
      text += bytes.toString('latin1', 0, count);
    }
  } finally {
    closeSync(descriptor);
  }
}
