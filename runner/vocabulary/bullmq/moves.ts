import type { WireEntry } from '../../grading/verdict';
import type { JobMove } from '../job-move';
import { jobKey } from './keys';
import { type Step, stepsIn } from './steps';

/** What a command of BullMQ’s and its reply do with jobs; a job is named `QUEUE:ID`. */
export function movesIn(entry: WireEntry): JobMove[] {
  return stepsIn(entry).flatMap((step) => moveOf(step) ?? []);
}

/** The jobs that a command, or the events that it got, are about. */
export function jobsIn(entry: WireEntry): string[] {
  const keys = entry.command.flatMap((word) => jobKey(word.replace(/:(lock|logs)$/, '')) ?? []);
  const found = [
    ...keys.map(({ queue, id }) => `${queue}:${id}`),
    ...stepsIn(entry).flatMap(({ queue, id }) => (id === undefined ? [] : `${queue}:${id}`)),
  ];
  return [...new Set(found)];
}

function moveOf(step: Step): JobMove | undefined {
  const { queue, id, event, detail, name, data, heard } = step;
  if (id === undefined) return undefined;
  const move: JobMove = {
    job: `${queue}:${id}`,
    queue,
    ...(name === undefined ? {} : { type: name }),
    ...(data === undefined ? {} : { data }),
    ...(heard ? { heard } : {}),
  };
  const to = step.added ?? goals.get(event);
  if (to !== undefined) {
    const failed = event === 'failed' && detail !== undefined;
    const state = to === 'complete' ? 'completed' : to;
    return { ...move, to, state, ...(failed ? { error: detail } : {}) };
  }
  if (event !== 'progress') return undefined;
  const percent = Number(detail);
  return Number.isNaN(percent) ? undefined : { ...move, progress: percent };
}

const goals = new Map<string, NonNullable<JobMove['to']>>([
  ['added', 'waiting'],
  ['waiting', 'waiting'],
  ['delayed', 'delayed'],
  ['active', 'active'],
  ['completed', 'complete'],
  ['failed', 'failed'],
  ['removed', 'removed'],
]);
