import type { WireEntry } from '../../grading/verdict';
import { type Step, stepsIn } from './steps';

/** What a command of BullMQ’s and its reply tell of jobs, a line each. */
export function told(entry: WireEntry): string[] {
  return stepsIn(entry).flatMap((step) => (step.event === 'removed' ? [] : line(step)));
}

function line({ queue, id, event, detail, heard }: Step): string {
  const job = id === undefined ? 'job' : `job ${id}`;
  if (heard) return `${job}: ${[event, detail].filter(isThere).join(' ')} on ${queue}`;
  if (event === 'delayed') return `${job}: tried again in ${detail} ms`;
  if (event === 'waiting') return `${job}: tried again`;
  return `${job}: ${[event, detail].filter(isThere).join(' ')}`.trim();
}

function isThere(text: string | undefined): text is string {
  return text !== undefined;
}
