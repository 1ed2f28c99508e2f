import type { Engine } from '../engine/engine';
import type { LatencyEvent } from '../engine/statistics/latency';

/** Rows of a graph, and its columns at most. */
const ROWS = 4;
const COLUMNS = 80;

/** What the events so far say, in sentences. */
export function diagnose({ latency, settings }: Engine): string {
  if (settings.number('latency-monitor-threshold') === 0) {
    return 'Latency monitoring is off. Turn it on with CONFIG SET latency-monitor-threshold <milliseconds>.\n';
  }
  if (latency.events.size === 0) return 'No event has taken longer than the threshold so far.\n';
  const lines = Array.from(latency.events, ([name, { samples, max }], at) => {
    const sum = samples.reduce((total, { ms }) => total + ms, 0);
    const average = Math.round(sum / samples.length);
    return `${at + 1}. ${name}: ${samples.length} times, on average ${average} ms, at worst ${max} ms.\n`;
  });
  return `Events that took longer than the threshold:\n\n${lines.join('')}`;
}

/** The last samples as columns of `#`, the oldest first, with the range above. */
export function draw(name: string, { samples, max }: LatencyEvent): string {
  const shown = samples.slice(-COLUMNS).map(({ ms }) => ms);
  const least = Math.min(...shown);
  const height = (ms: number) => Math.ceil((ms / Math.max(...shown, 1)) * ROWS);
  const head = `${name} - high ${Math.max(...shown)} ms, low ${least} ms (all time high ${max} ms)`;
  const rows: string[] = [];
  for (let row = ROWS; row >= 1; row -= 1) {
    rows.push(
      shown
        .map((ms) => (height(ms) >= row ? '#' : ' '))
        .join('')
        .trimEnd(),
    );
  }
  return `${head}\n${'-'.repeat(COLUMNS)}\n${rows.join('\n')}\n`;
}
