import { PromptSession } from '../../../commands/redis/prompt-session';
import { UsageError } from '../../../course/usage-error';
import type { WireEvent } from '../../protocol';
import type { Room } from './room';
import type { Transcript } from './transcript';

/** A prompt at the room's Redis: lines go in, what redis-cli would show comes out. */
export class PromptRun {
  readonly ended: Promise<void>;
  readonly #session: PromptSession;
  readonly #transcript: Transcript;
  readonly #start = performance.now();
  #isBusy = false;
  #end: () => void = () => {};
  #printed = 0;
  #isOver = false;

  private constructor(session: PromptSession, transcript: Transcript) {
    this.#session = session;
    this.#transcript = transcript;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** @throws ConnectionLost where its Redis is gone */
  static async open(room: Room, transcript: Transcript): Promise<PromptRun> {
    let print: (text: string) => void = () => {};
    const session = await PromptSession.open(room.source, {
      rdb: undefined,
      print: (text) => print(text),
      terminal: false,
      shared: room.shared,
    });
    const prompt = new PromptRun(session, transcript);
    print = (text) => prompt.#see('reply', text);
    return prompt;
  }

  /**
   * Takes lines, and runs them one after the other; what comes of it is told.
   * @throws UsageError while an earlier one waits
   */
  enter(text: string): void {
    if (this.#isBusy) {
      throw new UsageError(
        'The command before still waits for its answer.',
        'Stop it first, or let it come to its end.',
      );
    }
    void this.#execute(text.split('\n').filter((line) => line.trim() !== ''));
  }

  /** Ends the command that waits; if none does, the prompt. */
  async stop(): Promise<void> {
    if (this.#session.busy) this.#session.interrupt();
    else await this.#close();
  }

  /** Ends it, whatever it does. */
  async close(): Promise<void> {
    this.#session.interrupt();
    await this.#close();
  }

  async #execute(lines: readonly string[]): Promise<void> {
    this.#isBusy = true;
    for (const line of lines) {
      if (this.#isOver) return;
      this.#see('command', `${this.#session.prompt}${line}`);
      this.#tellStatus('runs');
      // Whatever it is that went wrong, the page is to hear of it.
      const goesOn = await this.#session.execute(line).catch((error: Error) => {
        this.#see('errors', error.message);
        return false;
      });
      if (!goesOn) return this.#close();
    }
    this.#isBusy = false;
    this.#tellStatus('waits');
  }

  async #close(): Promise<void> {
    if (this.#isOver) return;
    this.#isOver = true;
    await this.#session.close();
    this.#transcript.become({ state: 'ended', words: 'The prompt is closed.', well: true });
    this.#end();
  }

  #tellStatus(state: 'runs' | 'waits'): void {
    if (!this.#isOver) {
      this.#transcript.become({ state, words: '', prompt: this.#session.prompt });
    }
  }

  #see(kind: WireEvent['kind'], whole: string): void {
    if (this.#printed > mostPrinted) return;
    const text = whole.length > longest ? `${whole.slice(0, longest)}…` : whole;
    this.#printed += text.length;
    const bytes = Buffer.byteLength(whole);
    const at = performance.now() - this.#start;
    const { length: id } = this.#transcript;
    this.#transcript.see([{ id, at, program: 'prompt', kind, text, bytes }]);
    if (this.#printed <= mostPrinted) return;
    this.#transcript.see([
      { id: id + 1, at, program: 'prompt', kind: 'errors', text: full, bytes: full.length },
    ]);
    void this.close();
  }
}

/** In letters: of one reply, and of all that a page shows of a prompt. */
const longest = 20_000;
const mostPrinted = 400_000;
const full = 'There is no room for more here: the prompt begins anew with the next command.';
