import type { WorkerEvent } from './worker/worker-event';

/** Something that happens to a command as a whole. */
interface Note {
  event: 'note';
  text: string;
}

/**
 * An event as a line of JSON: `time` (ISO 8601, UTC), `level`, `event`, `worker` (its process), and what the event
 * says of a job.
 */
export function logLine(event: WorkerEvent | Note, now = new Date()): string {
  const { event: name, ...rest } = event;
  return `${JSON.stringify({ time: now.toISOString(), level: levelOf(event), event: name, ...rest })}\n`;
}

function levelOf(event: WorkerEvent | Note): 'info' | 'warn' | 'error' {
  switch (event.event) {
    case 'fault':
      return 'error';
    case 'attempt failed':
    case 'redis lost':
      return 'warn';
    case 'ended':
      return event.code === 0 ? 'info' : 'warn';
    default:
      return 'info';
  }
}
