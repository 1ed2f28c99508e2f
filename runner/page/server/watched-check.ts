import { GradingMonitor } from '../../grading/grading-monitor';
import type { Sandbox } from '../../sandbox/sandbox';
import type { WireEvent, WirePart } from '../protocol';
import { WireLog } from './wire-log';

/** Hears what was seen of a file's run since it heard last. */
export type WireListener = (file: string, events: WireEvent[]) => void;

/** A check that pages follow: what passes on its wires is told while it runs. */
export class WatchedCheck extends GradingMonitor {
  /** All that was told, file by file. */
  readonly parts: WirePart[] = [];
  readonly #tell: WireListener;
  readonly #logs = new Map<Sandbox, { log: WireLog; part: WirePart }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(tell: WireListener) {
    super();
    this.#tell = tell;
  }

  override began(sandbox: Sandbox, file: string): void {
    super.began(sandbox, file);
    const part = { file, events: [] };
    this.parts.push(part);
    this.#logs.set(sandbox, { log: new WireLog(sandbox.journal), part });
    this.#timer ??= setInterval(() => this.#look(), lookEvery);
  }

  override ended(sandbox: Sandbox): void {
    super.ended(sandbox);
    this.#take(sandbox);
    this.#logs.delete(sandbox);
    if (this.#logs.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    for (const sandbox of this.#logs.keys()) this.#take(sandbox);
  }

  #take(sandbox: Sandbox): void {
    const { log, part } = this.#logs.get(sandbox) ?? {};
    const events = log?.take() ?? [];
    if (!part || events.length === 0) return;
    part.events.push(...events);
    this.#tell(part.file, events);
  }
}

/** In milliseconds: often enough for the eye. */
const lookEvery = 50;
