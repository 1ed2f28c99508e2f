/** Node's handle below a stream: undocumented, and the one way to have what is printed wait. */
interface Handled {
  _handle?: { setBlocking?: (blocking: boolean) => void };
}

/**
 * Has each line leave at once, as in a terminal. What Node gives a child for its output would
 * otherwise keep it back while the program is busy, and lose it where the program exits by itself.
 */
export function printAtOnce(): void {
  for (const stream of [process.stdout, process.stderr]) {
    (stream as unknown as Handled)._handle?.setBlocking?.(true);
  }
}
