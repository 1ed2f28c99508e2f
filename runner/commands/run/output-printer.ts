import { voiceLine } from '../../report/terminal/transcript';
import { Lines } from '../../sandbox/process/lines';
import type { Session } from '../session';

/** Writes what programs print: behind a bar on a terminal, byte for byte elsewhere. */
export class OutputPrinter {
  readonly #voices = new Map<string, Lines>();
  #last: string | undefined;

  /** @param named whether to name the program: there are several */
  constructor(
    private readonly session: Session,
    private readonly named: boolean,
  ) {}

  hear(chunk: Buffer, stream: 'stdout' | 'stderr', name: string): void {
    const { output, errors } = this.session.streams;
    if (!output.isTTY) {
      (stream === 'stdout' ? output : errors).write(chunk);
      return;
    }
    const key = `${stream} ${name}`;
    const voice = this.#voices.get(key) ?? new Lines((text) => this.speak(name, stream, text));
    this.#voices.set(key, voice);
    voice.push(chunk);
  }

  /** Writes what came without a line end. */
  finish(): void {
    for (const voice of this.#voices.values()) voice.end();
  }

  private speak(name: string, stream: 'stdout' | 'stderr', text: string): void {
    const { screen } = this.session;
    if (this.named && name !== this.#last) this.session.say(`  ${screen.paint('dim', name)}`);
    this.#last = name;
    this.session.say(voiceLine({ stream, text }, screen).join('\n'));
  }
}
