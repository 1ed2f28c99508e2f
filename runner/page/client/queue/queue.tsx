import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { JobPhase } from '../../../vocabulary/job-move';
import type { WireEvent } from '../../protocol';
import { Shown } from '../verdict/shown';
import { follow, followed } from '../wire/shown-moment';
import { type JobCard, phases, queueAt, type Waiting } from './queue-state';
import { useMoves } from './use-moves';

export interface QueueProps {
  /** What says something of queues, by its time; it grows in place. */
  events: readonly WireEvent[];
  /** The moment that is shown, in the ms of the run. */
  time: number;
  /** From when on times are counted. */
  start: number;
}

/**
 * The jobs of a queue library as cards that move from state to state, and who waits for what;
 * nothing where there are none.
 */
export function Queue({ events, time, start }: QueueProps): JSX.Element | null {
  const state = useMemo(() => queueAt(events, time), [events, events.length, time]);
  const board = useMoves<HTMLDivElement>(state);
  if (events.every(({ moves }) => moves === undefined)) {
    return state.waiting.length > 0 ? <Waiters waiting={state.waiting} start={start} /> : null;
  }
  return (
    <section class="queue" aria-label="The queue">
      <div class="queue-board" ref={board}>
        {phases.map((phase) => (
          <Column
            key={phase}
            phase={phase}
            jobs={state.jobs.filter((job) => job.phase === phase)}
          />
        ))}
      </div>
      <Waiters waiting={state.waiting} start={start} />
    </section>
  );
}

const names: Record<JobPhase, string> = {
  delayed: 'delayed',
  waiting: 'waiting',
  active: 'active',
  complete: 'completed',
  failed: 'failed',
};

/** More cards say no more. */
const mostCards = 40;

function Column({ phase, jobs }: { phase: JobPhase; jobs: readonly JobCard[] }): JSX.Element {
  const left = jobs.length - mostCards;
  return (
    <section class={`queue-column ${phase}`} aria-labelledby={`queue-${phase}`}>
      <h4 id={`queue-${phase}`}>
        {names[phase]} <span class="count">{jobs.length}</span>
      </h4>
      <ul>
        {jobs.slice(0, mostCards).map((job) => (
          <Card key={job.job} job={job} />
        ))}
      </ul>
      {left > 0 ? <p class="remark">{left} more</p> : null}
    </section>
  );
}

function Card({ job }: { job: JobCard }): JSX.Element {
  const subject = `job ${job.job}`;
  const isChosen = followed.value === subject;
  const id = job.job.split(':').at(-1) ?? job.job;
  return (
    <li data-job={job.job} class={`job${isChosen ? ' chosen' : ''}`}>
      <button type="button" aria-pressed={isChosen} onClick={() => follow(subject)}>
        job {id}
      </button>
      {job.type ? (
        <code class="type">
          <Shown text={job.type === job.queue ? job.type : `${job.queue}: ${job.type}`} />
        </code>
      ) : null}
      {job.data === undefined ? null : (
        <code class="data">
          <Shown text={job.data.slice(0, mostLetters)} />
        </code>
      )}
      {job.progress === undefined ? null : (
        <span class="percent">
          <progress max={100} value={job.progress} aria-label="Progress" /> {job.progress}%
        </span>
      )}
      {job.phase === 'active' && job.worker ? (
        <span class="by">
          at <Shown text={job.worker} />
        </span>
      ) : null}
      {job.attempts > 1 ? <span class="by">attempt {job.attempts}</span> : null}
      {job.error === undefined ? null : (
        <span class="why">
          <Shown text={job.error.slice(0, mostLetters)} />
        </span>
      )}
    </li>
  );
}

const mostLetters = 120;

/** Who waits for Redis to have something, the same ones together. */
function Waiters({ waiting, start }: { waiting: readonly Waiting[]; start: number }): JSX.Element {
  const groups = new Map<string, { one: Waiting; count: number }>();
  for (const one of waiting) {
    const name = `${one.program} ${one.keys.join(' ')}`;
    groups.set(name, { one, count: (groups.get(name)?.count ?? 0) + 1 });
  }
  return (
    <section class="queue-waiting" aria-label="Who waits for what">
      <h4>Who waits for what</h4>
      {groups.size === 0 ? <p class="remark">Nobody waits at this moment.</p> : null}
      <ul>
        {[...groups].map(([name, { one, count }]) => (
          <li key={name}>
            <b>
              <Shown text={one.program} />
            </b>
            {count > 1 ? ` (${count} times)` : ''} waits for{' '}
            {one.keys.map((key) => (
              <code key={key}>
                <Shown text={key} />{' '}
              </code>
            ))}
            with {one.command.split(' ')[0]}, since {Math.round(one.since - start)} ms
          </li>
        ))}
      </ul>
    </section>
  );
}
