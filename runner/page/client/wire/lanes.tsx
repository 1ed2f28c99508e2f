import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import {
  endsOf,
  headClass,
  type Lane,
  lanesAmong,
  lanesClass,
  lineClass,
  stepClasses,
  whoDoes,
} from '../../../report/html/lane-order';
import { unicodeGlyphs } from '../../../report/terminal/glyphs';
import { Shown } from '../verdict/shown';
import { stoppedAt } from './playback';
import type { Row } from './run-log';
import { chosen, follow, followed, keepsToEnd, playback, pointed } from './shown-moment';
import { isFollowed, stepFrom } from './steps';
import { scrolledTo, visibleRows } from './visible-rows';

export interface LanesProps {
  /** All lines of the run. */
  rows: readonly Row[];
  /** How many of them are there at the moment that is shown. */
  count: number;
  /** That moment, in the ms of the run. */
  time: number;
  /** From when on times are counted. */
  start: number;
  /** The line at which the check found its fault. */
  fault: Row | undefined;
}

/**
 * The lines as they stand between the lanes of programs and Redis. Only those in the window are
 * drawn: there may be thousands.
 */
export function Lanes({ rows, count, time, start, fault }: LanesProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const lanes = useMemo(() => lanesAmong(rows), [rows]);
  const size = useSignal({ height: 400, row: 40 });
  const scrolled = useSignal(0);
  const here = rows.findIndex(({ id }) => id === chosen.value);
  const { isPlaying } = playback.value;
  const bottom = Math.max(0, count * size.value.row - size.value.height);
  const frame = { ...size.value, scrolled: keepsToEnd.value ? bottom : scrolled.value };
  const slice = visibleRows(count, frame);
  const isSeen = useRef(slice);
  isSeen.current = slice;

  useEffect(() => {
    const measured = new ResizeObserver(() => {
      const [window, lines] = [box.current, list.current];
      if (!window || !lines) return;
      const row = Number.parseFloat(getComputedStyle(lines).getPropertyValue('--row-height')) || 40;
      size.value = { height: window.clientHeight - lines.offsetTop, row };
    });
    if (box.current) measured.observe(box.current);
    return () => measured.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (box.current && keepsToEnd.value) box.current.scrollTop = bottom;
  }, [bottom]);

  const onScroll = () => {
    const top = box.current?.scrollTop ?? 0;
    keepsToEnd.value = top > bottom - size.value.row;
    const { first, end } = visibleRows(count, { ...size.value, scrolled: top });
    if (first !== isSeen.current.first || end !== isSeen.current.end) scrolled.value = top;
  };
  const go = (place: number | undefined) => {
    const row = place === undefined ? undefined : rows[place];
    if (!row || place === undefined || !box.current) return;
    chosen.value = row.id;
    if (place >= count) playback.value = stoppedAt(playback.value, row.at);
    else if (playback.value.isPlaying) playback.value = stoppedAt(playback.value, time);
    const window = box.current;
    requestAnimationFrame(() => {
      window.scrollTop = scrolledTo(place, { ...size.value, scrolled: window.scrollTop });
    });
  };
  return (
    <div
      ref={box}
      class={`timeline wire-lanes${isPlaying ? ' playing' : ''}`}
      onScroll={onScroll}
      onPointerLeave={() => {
        pointed.value = undefined;
      }}
    >
      <div class={lanesClass(lanes)}>
        <ul class="heads" aria-hidden="true">
          {lanes.map(({ name }, at) => (
            <li key={name} class={headClass(lanes, at)}>
              <span>
                <Shown text={name} />
              </span>
            </li>
          ))}
        </ul>
        <div class="lines" aria-hidden="true">
          {lanes.map(({ name }, at) => (
            <i key={name} class={lineClass(lanes, at)} />
          ))}
        </div>
        <div
          ref={list}
          class="events"
          role="listbox"
          data-count={count}
          tabIndex={0}
          aria-label={`Events, ${count} so far. Arrows go from one to the next, Enter follows what it is about.`}
          aria-activedescendant={
            here >= slice.first && here < slice.end ? optionId(here) : undefined
          }
          style={{ height: `${count * size.value.row}px` }}
          onClick={({ target }) => {
            const row = rowOf(target, rows);
            if (!row) return;
            chosen.value = row.id;
            // The line may go out of the window, and what goes takes the focus along.
            list.current?.focus({ preventScroll: true });
            if (row.about[0] !== undefined) follow(row.about[0]);
          }}
          onPointerOver={({ target }) => {
            pointed.value = rowOf(target, rows)?.id;
          }}
          onKeyDown={(event) => {
            if (event.ctrlKey || event.altKey || event.metaKey) return;
            if (!onKey(event.key, { rows, count, here, page: pageOf(size.value), go })) return;
            event.preventDefault();
          }}
        >
          {rows.slice(slice.first, slice.end).map((row, at) => (
            <Step
              // What leaves the window at one end is used again at the other.
              key={(slice.first + at) % (slice.end - slice.first)}
              row={row}
              answer={answerTo(row, time)}
              lanes={lanes}
              start={start}
              place={slice.first + at}
              of={rows.length}
              top={(slice.first + at) * size.value.row}
              isFault={row === fault}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

/** What came back for a line's command by a moment; `…` while it is on its way. */
function answerTo({ reply, repliedAt, waits }: Row, time: number): string | undefined {
  if (waits) return '(waits)';
  return repliedAt !== undefined && repliedAt > time ? unicodeGlyphs.ellipsis : reply;
}

/** The line in which something happened. */
function rowOf(target: EventTarget | null, rows: readonly Row[]): Row | undefined {
  const line = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  return line ? rows[Number(line.dataset.place)] : undefined;
}

function optionId(place: number): string {
  return `wire-event-${place}`;
}

function pageOf({ height, row }: { height: number; row: number }): number {
  return Math.max(1, Math.floor(height / row) - 1);
}

interface Keys {
  rows: readonly Row[];
  count: number;
  here: number;
  page: number;
  go(place: number | undefined): void;
}

/** Does what a key stands for. @returns whether it stands for anything */
function onKey(key: string, { rows, count, here, page, go }: Keys): boolean {
  const last = count - 1;
  const at = here < 0 ? count : here;
  const moves: Record<string, () => void> = {
    ArrowDown: () => go(stepFrom(rows, here < 0 ? last : here, 1, followed.value)),
    ArrowUp: () => go(stepFrom(rows, at, -1, followed.value)),
    PageDown: () => go(Math.min(last, at + page)),
    PageUp: () => go(Math.max(0, at - page)),
    Home: () => go(stepFrom(rows, -1, 1, followed.value)),
    End: () => go(stepFrom(rows.slice(0, count), count, -1, followed.value)),
    Enter: () => follow(rows[here]?.about[0]),
    ' ': () => follow(rows[here]?.about[0]),
    Escape: () => follow(followed.value),
  };
  const move = moves[key];
  if (!move || (key === 'Escape' && followed.value === undefined)) return false;
  move();
  return true;
}

interface StepProps {
  row: Row;
  /** What came back by now. */
  answer: string | undefined;
  lanes: readonly Lane[];
  start: number;
  place: number;
  of: number;
  /** In pixels from the first line's. */
  top: number;
  isFault: boolean;
}

function Step({ row, answer, lanes, start, place, of, top, isFault }: StepProps): JSX.Element {
  const { at, kind, text } = row;
  const ends = endsOf(row, lanes);
  const classes = stepClasses(kind, ends, lanes);
  const state = [
    ...(isFollowed(row, followed.value) ? [] : ['apart']),
    ...(isFault ? ['at-fault'] : []),
    ...(row.id === chosen.value ? ['chosen'] : []),
  ];
  return (
    // The list itself has the keyboard: it says by aria-activedescendant which line that is on.
    <div
      id={optionId(place)}
      role="option"
      tabIndex={-1}
      aria-selected={row.id === chosen.value}
      aria-posinset={place + 1}
      aria-setsize={of}
      class={[classes.step, ...state].join(' ')}
      style={{ top: `${top}px` }}
      data-place={place}
    >
      <span class="at">
        {Math.round(at - start)}
        <span class="for-ears"> ms</span>
      </span>
      <span class={`arrow ${classes.place}`} aria-hidden="true" />
      <span class={`label ${classes.place}`}>
        <span class="who">
          <Shown text={whoDoes(row, ends, lanes)} />
        </span>{' '}
        {isFault ? <strong class="wire-found">{unicodeGlyphs.fail} fault</strong> : null}{' '}
        <code>
          <Shown text={firstLetters(text)} />
        </code>
        {answer === undefined ? null : (
          <>
            {' '}
            <span class="reply">
              <span class="for-ears">answer: </span>
              <Shown text={firstLetters(answer)} />
            </span>
          </>
        )}
      </span>
    </div>
  );
}

/** More than this has no room in a line. */
const mostLetters = 200;

function firstLetters(text: string): string {
  const line = text.replaceAll('\n', ' ');
  return line.length > mostLetters ? `${line.slice(0, mostLetters)}…` : line;
}
