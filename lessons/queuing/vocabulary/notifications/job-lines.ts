import type { Expected } from '#grading';
import type { JobScript } from '#vocabulary/kue/peer';
import { createdLine } from './created-line';

/** A job, and what became of it. */
export interface FollowedJob {
  id: number;
  script: JobScript;
}

/** A line that is due for a job. */
export interface JobLine {
  id: number;
  event: 'created' | 'progress' | 'complete' | 'failed';
  expected: Expected;
}

/** A job's lines, in their order. */
export function linesOf({ id, script }: FollowedJob): JobLine[] {
  const start = `Notification job ${id}`;
  const error = script.error;
  const line = (event: JobLine['event'], end: string, optional = ''): JobLine => ({
    id,
    event,
    expected: {
      shown: `${start} ${end}`,
      pattern: new RegExp(
        `^Notification job #?${id} ${quoted(end).replace('failed: ', `failed: ${optional}`)}$`,
      ),
    },
  });
  return [
    { id, event: 'created', expected: createdLine(id) },
    ...script.progress.map((percent) => line('progress', `${percent}% complete`)),
    error === undefined
      ? line('complete', 'completed')
      : line('failed', `failed: ${error}`, '(?:Error: )?'),
  ];
}

function quoted(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
