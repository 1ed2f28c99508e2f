import type { Settings } from './settings/settings';

/** How much a client may leave unread, in bytes; 0: without limit. */
export interface OutputLimit {
  readonly hard: number;
  readonly soft: number;
  /** For so long it may be beyond the soft limit. */
  readonly ms: number;
}

const NONE: OutputLimit = { hard: 0, soft: 0, ms: 0 };

/** `client-output-buffer-limit`, read once for each time that it is set. */
export class OutputLimits {
  readonly #byKind = new Map<string, OutputLimit>();

  constructor(settings: Settings) {
    this.#read(settings.text('client-output-buffer-limit'));
    settings.onChange('client-output-buffer-limit', (text) => this.#read(text));
  }

  /** @param kind `normal` or `pubsub` */
  of(kind: string): OutputLimit {
    return this.#byKind.get(kind) ?? NONE;
  }

  #read(text: string): void {
    for (const [, kind = '', ...numbers] of text.matchAll(/(\w+) (\d+) (\d+) (\d+)/g)) {
      const [hard = 0, soft = 0, seconds = 0] = numbers.map(Number);
      this.#byKind.set(kind, { hard, soft, ms: seconds * 1000 });
    }
  }
}
