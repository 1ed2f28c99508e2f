import type { Readable } from 'node:stream';
import type { Journal } from '../tap/journal';
import type { Limits } from './limits';
import { Lines } from './lines';

type Stream = 'stdout' | 'stderr';

interface OutputOptions {
  /** The program's name in the journal. */
  program: string;
  journal: Journal;
  limits: Pick<Limits, 'output' | 'lines'>;
  /** Each chunk as it comes, for a run that is shown live. */
  onOutput: ((chunk: Buffer, stream: Stream) => void) | undefined;
  /** More was printed than the limits allow. */
  exceeded(): void;
}

/** What a program prints: read into the journal line by line, as far as its limits allow. */
export class Output {
  readonly #options: OutputOptions;
  /** One for each stream. */
  readonly #unfinished: Lines[] = [];
  #bytes = 0;
  #lines = 0;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  /** @param source nothing where the program could not be started */
  read(source: Readable | null, stream: Stream): void {
    const { program, journal, limits, onOutput, exceeded } = this.#options;
    const lines = new Lines((text) => {
      this.#lines += 1;
      if (this.#lines <= limits.lines) journal.printed(program, stream, text);
    });
    this.#unfinished.push(lines);
    source?.on('data', (bytes: Buffer) => {
      const room = Math.max(0, limits.output - this.#bytes);
      this.#bytes += bytes.length;
      const kept = bytes.subarray(0, room);
      if (kept.length > 0) {
        lines.push(kept);
        onOutput?.(kept, stream);
      }
      if (bytes.length > room || this.#lines > limits.lines) exceeded();
      journal.changed();
    });
  }

  /** What stands after the last line end is a line too. */
  end(): void {
    for (const lines of this.#unfinished) lines.end();
  }
}
