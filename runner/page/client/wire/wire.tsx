import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LessonVerdict } from '../../protocol';
import { Queue } from '../queue/queue';
import type { ShownRun } from '../store/run';
import { EventDetail } from './event-detail';
import { EventTable } from './event-table';
import { Lanes } from './lanes';
import { countAt, faultAt, logOf, type RunLog } from './run-log';
import { playback, showAnew, shownFile, showsAll } from './shown-moment';
import { TimeControls } from './time-controls';
import { usePlayback } from './use-playback';

export interface WireProps {
  /** What was seen so far; a new object whenever events were added, whose arrays grow in place. */
  run: ShownRun;
  /** The verdict of that check, once it is there: a finding's file and line say where its fault is. */
  verdict: LessonVerdict | undefined;
}

/**
 * The programs of a check and its Redis as lanes, at any moment of the run, and the jobs of a queue
 * library as cards: what was sent, answered, told and printed.
 */
export function Wire({ run, verdict }: WireProps): JSX.Element | null {
  const isLarge = useSignal(false);
  // A verdict of the check before says nothing of this one.
  const faults = verdict?.check === run.check ? verdict : undefined;
  useEffect(showAnew, [run.check]);
  if (run.parts.every(({ events }) => events.length === 0)) return null;
  const enlarge = (
    <button
      type="button"
      onClick={() => {
        isLarge.value = !isLarge.value;
      }}
    >
      {isLarge.value ? 'Back to the lesson' : 'Enlarge'}
    </button>
  );
  const shown = <Parts run={run} verdict={faults} enlarge={enlarge} />;
  return (
    <details class="wire" open>
      <summary>
        <b>Timeline</b> <span>what was sent, answered and printed</span>
      </summary>
      {isLarge.value ? (
        <Large
          onClose={() => {
            isLarge.value = false;
          }}
        >
          {shown}
        </Large>
      ) : (
        shown
      )}
    </details>
  );
}

/** Over the whole window, where lanes stand side by side; Escape leads back. */
function Large({ children, onClose }: { children: JSX.Element; onClose: () => void }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} class="wire-large" aria-label="Timeline" onClose={onClose}>
      {children}
    </dialog>
  );
}

interface PartsProps extends WireProps {
  enlarge: JSX.Element;
}

function Parts({ run, verdict, enlarge }: PartsProps): JSX.Element | null {
  const parts = run.parts.filter(({ events }) => events.length > 0);
  const part = parts.find(({ file }) => file === shownFile.value) ?? parts[0];
  if (!part) return null;
  const foundAt = verdict?.parts.find(({ file }) => file === part.file)?.foundAt;
  return (
    <div class="wire-run">
      <div class="wire-tools">
        {parts.length > 1 ? (
          <label>
            File{' '}
            <select
              value={part.file}
              onChange={({ currentTarget }) => {
                showAnew();
                shownFile.value = currentTarget.value;
              }}
            >
              {parts.map(({ file }) => (
                <option key={file} value={file}>
                  {file}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        {enlarge}
      </div>
      <Run key={part.file} log={logOf(part.events)} isLive={run.live} foundAt={foundAt} />
    </div>
  );
}

interface RunProps {
  /** Grows in place. */
  log: RunLog;
  /** More may come. */
  isLive: boolean;
  /** When the check found its fault, in the ms of the run. */
  foundAt: number | undefined;
}

function Run({ log, isLive, foundAt }: RunProps): JSX.Element {
  usePlayback(log, isLive);
  const all = showsAll.value;
  const rows = log.rows(all);
  const { time } = playback.value;
  const count = countAt(rows, time);
  const { start } = log.span(all);
  const fault = faultAt(rows, foundAt);
  return (
    <>
      <TimeControls log={log} rows={rows} isLive={isLive} foundAt={foundAt} />
      <Lanes rows={rows} count={count} time={time} start={start} fault={fault} />
      <EventDetail rows={rows} start={start} />
      {log.hasJobs ? (
        <label class="wire-all">
          <input
            type="checkbox"
            checked={all}
            onChange={({ currentTarget }) => {
              showsAll.value = currentTarget.checked;
            }}
          />{' '}
          Show the commands with which the queue library keeps its books
        </label>
      ) : null}
      <Queue events={log.queueEvents} time={time} start={start} />
      <EventTable rows={rows} count={count} start={start} />
    </>
  );
}
