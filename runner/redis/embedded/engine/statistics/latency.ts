import type { Settings } from '../settings/settings';

/** Samples of one event that are kept. */
const KEPT = 160;

export interface Sample {
  /** s since 1970 */
  readonly at: number;
  readonly ms: number;
}

export interface LatencyEvent {
  readonly samples: Sample[];
  /** The longest ever, in ms. */
  max: number;
}

/** Events that took at least `latency-monitor-threshold` ms, where that is not 0. */
export class LatencyMonitor {
  readonly events = new Map<string, LatencyEvent>();

  constructor(readonly settings: Settings) {}

  /** @param event such as `command` @param us microseconds that it took */
  took(event: string, us: number): void {
    const threshold = this.settings.number('latency-monitor-threshold');
    if (threshold === 0 || us < threshold * 1000) return;
    const ms = Math.floor(us / 1000);
    const at = Math.floor(Date.now() / 1000);
    const known = this.events.get(event) ?? { samples: [], max: 0 };
    this.events.set(event, known);
    known.max = Math.max(known.max, ms);
    const last = known.samples.at(-1);
    // Of one second the longest is kept.
    if (last?.at === at)
      known.samples[known.samples.length - 1] = { at, ms: Math.max(last.ms, ms) };
    else known.samples.push({ at, ms });
    if (known.samples.length > KEPT) known.samples.shift();
  }

  /** @returns how many of them there were; without names of all */
  reset(names: readonly string[]): number {
    const gone = names.length === 0 ? [...this.events.keys()] : names;
    return gone.filter((name) => this.events.delete(name)).length;
  }
}
