import type { JSX } from 'preact';
import { unicodeGlyphs } from '../../../report/terminal/glyphs';
import { Overview } from './overview';
import { played, type Rate, rates, stoppedAt } from './playback';
import { countAt, type Row, type RunLog } from './run-log';
import { playback, showMoment, showsAll } from './shown-moment';

export interface TimeControlsProps {
  log: RunLog;
  /** The lines that are shown at the end. */
  rows: readonly Row[];
  isLive: boolean;
  /** When the check found its fault, in the ms of the run. */
  foundAt: number | undefined;
}

/** Play and pause, how fast, and the time to be drawn back and forth. */
export function TimeControls({ log, rows, isLive, foundAt }: TimeControlsProps): JSX.Element {
  const { time, isPlaying, rate } = playback.value;
  const span = log.span(showsAll.value);
  const now = Math.min(Math.max(time, span.start), span.end);
  const place = (at: number) => (at - span.start) / Math.max(1, span.end - span.start);
  return (
    <div class="wire-time">
      <button
        type="button"
        onClick={() => {
          showMoment(
            isPlaying ? stoppedAt(playback.value, now) : played(playback.value, span, isLive),
          );
        }}
      >
        {isPlaying ? 'Pause' : 'Play'}
      </button>
      <label>
        Speed{' '}
        <select
          value={String(rate)}
          onChange={({ currentTarget }) => {
            const chosen = rates.find((one) => String(one) === currentTarget.value) ?? 1;
            showMoment({ ...playback.value, time: now, rate: chosen });
          }}
        >
          {rates.map((one) => (
            <option key={one} value={String(one)}>
              {rateName(one)}
            </option>
          ))}
        </select>
      </label>
      <output class="wire-now">
        {Math.round(now - span.start)} of {Math.round(span.end - span.start)} ms
      </output>
      {foundAt === undefined ? null : (
        <button
          type="button"
          class="wire-fault"
          onClick={() => {
            showMoment(stoppedAt(playback.value, foundAt));
          }}
        >
          {unicodeGlyphs.fail} To the fault
        </button>
      )}
      <div class="wire-slider">
        <Overview rows={rows} span={span} />
        {foundAt === undefined ? null : (
          <span
            class="wire-fault-mark"
            aria-hidden="true"
            style={{ left: `${100 * Math.min(1, Math.max(0, place(foundAt)))}%` }}
          >
            {unicodeGlyphs.fail}
          </span>
        )}
        <input
          type="range"
          aria-label="Time"
          aria-valuetext={`${Math.round(now - span.start)} ms, ${countAt(rows, now)} of ${rows.length} events`}
          min={span.start}
          max={span.end}
          step="any"
          value={now}
          onInput={({ currentTarget }) => {
            showMoment(stoppedAt(playback.value, Number(currentTarget.value)));
          }}
          onKeyDown={(event) => {
            const to = steppedTime(event.key, rows, now);
            if (to === undefined) return;
            event.preventDefault();
            showMoment(stoppedAt(playback.value, to));
          }}
        />
      </div>
    </div>
  );
}

function rateName(rate: Rate): string {
  if (rate === Number.POSITIVE_INFINITY) return 'at once';
  return rate === 1 ? 'as it went' : `1/${Math.round(1 / rate)} as fast`;
}

/** On the slider the arrows go from event to event. */
function steppedTime(key: string, rows: readonly Row[], now: number): number | undefined {
  if (key === 'ArrowRight' || key === 'ArrowUp') return rows[countAt(rows, now)]?.at;
  if (key !== 'ArrowLeft' && key !== 'ArrowDown') return undefined;
  const here = countAt(rows, now) - 1;
  const at = rows[here]?.at ?? 0;
  const before = rows.slice(0, here).findLast((row) => row.at < at);
  return before?.at ?? at - 1;
}
