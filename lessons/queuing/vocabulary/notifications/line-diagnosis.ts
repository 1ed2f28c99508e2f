import {
  alteredLine,
  distance,
  type LineFault,
  matching,
  notFilledIn,
  placeholderIn,
  printingOf,
  quote,
  type Source,
  sameButBlanks,
  shown,
  type Task,
  ts,
  unaskedLine,
} from '#grading';
import type { JobLine } from './job-lines';

/**
 * What a line was meant to be that belongs to no job, and what is wrong with it.
 * @param lines those that are due
 */
export function lineFault(task: Task, text: string, lines: readonly JobLine[]): LineFault {
  const placeholder = placeholderIn(text);
  if (placeholder !== undefined) {
    return { ...notFilledIn(placeholder), line: task.source.lineOfText(placeholder) };
  }
  const meant = meantBy(text, lines);
  if (!meant) return withoutBeginning(text, lines) ?? unaskedLine(text);
  // A number sign before the id is right: the advice keeps it.
  const sign = /^Notification job #\d/.test(text) ? '#' : '';
  const due = shown(meant.expected);
  const wanted = due.replace('Notification job ', `Notification job ${sign}`);
  const line = printingOf(task.source, meant.event, text);
  if (sameButBlanks(text, due.replace(` ${meant.id}`, ''))) {
    return {
      message: `The line ${quote(text)} does not tell which job it is.`,
      next: 'Print the id after “Notification job”: job.id.',
      line: task.source.lineOfText(text) ?? line,
    };
  }
  const noId = /^Notification job #?(undefined|null|NaN|\[object \w+\]) /.exec(text)?.[1];
  if (noId !== undefined && meant.event !== 'created') {
    return {
      message: `The line ${quote(text)} tells ${quote(noId)} where the job’s id belongs.`,
      next: 'Print the id of the job that queue.create() gives, job.id; in an arrow function “this” is not the job.',
      line,
    };
  }
  if (meant.event === 'failed' && hasNoReason(text)) {
    return {
      message: `The line ${quote(text)} does not tell the error that the job failed with.`,
      next: /\.message\b/.test(failedListener(task.source) ?? '')
        ? 'The listener for “failed” gets the error’s message itself, a text, as its first argument: print it without .message.'
        : 'The listener for “failed” gets the error’s message as its first argument: print that.',
      line,
    };
  }
  if (meant.event === 'progress' && /undefined|null|NaN|\[object|function/.test(text)) {
    return {
      message: `The line ${quote(text)} does not tell the percentage.`,
      next: 'The listener for “progress” gets the percentage as its first argument: print that.',
      line,
    };
  }
  const printed = percentage(text);
  const otherNumber =
    meant.event === 'progress' && printed !== undefined && printed !== percentage(due);
  const altered = { ...alteredLine(wanted, text, 'signs'), line };
  if (!otherNumber) return altered;
  return {
    ...altered,
    next: 'What the listener for “progress” gets is a percentage already, from 0 to 100: print it as it comes.',
  };
}

/** A line that is the end of one that is due. */
function withoutBeginning(text: string, lines: readonly JobLine[]): LineFault | undefined {
  const due = lines.map((one) => shown(one.expected)).find((one) => one.endsWith(` ${text}`));
  if (due === undefined) return undefined;
  const beginning = due.slice(0, -text.length).trim();
  return {
    message: `The line ${quote(text)} lacks its beginning, ${quote(beginning)}.`,
    next: 'Print the whole line: “Notification job”, the id, and then what happened.',
    at: { prints: text },
  };
}

const words: Record<JobLine['event'], RegExp> = {
  created: /created/i,
  progress: /%|progress|complete$/i,
  complete: /completed?$/i,
  failed: /fail/i,
};

/** The listener for a failed job, as it is written. */
function failedListener(source: Source): string | undefined {
  const [listening] = matching(source, "$.on('failed', $)");
  return listening && ts.isCallExpression(listening)
    ? listening.arguments[1]?.getText()
    : undefined;
}

/** Whether a line looks as if it were meant for this event. */
export function isMeantFor(event: JobLine['event'], text: string): boolean {
  return /^Notification job\b/.test(text) && words[event].test(text);
}

/** The line that is likest, of the same job and the same event if the text names them. */
function meantBy(text: string, lines: readonly JobLine[]): JobLine | undefined {
  if (!/notif|job/i.test(text)) return undefined;
  const id = Number(/^Notification job #?(\d+)\b/.exec(text)?.[1]);
  const later = lines.filter(({ event }) => event !== 'created');
  const own = later.filter((line) => line.id === id);
  const ofJob = own.length > 0 ? own : later;
  const named = ofJob.filter(({ event }) => words[event].test(text));
  const far = (line: JobLine) => distance(text.replace('#', ''), shown(line.expected));
  return [...(named.length > 0 ? named : ofJob)].sort((one, other) => far(one) - far(other))[0];
}

/** Whether a line that a job failed gives no text as the reason: nothing, the task's own word, or what is none. */
export function hasNoReason(line: string): boolean {
  return /failed:?\s*(?:(?:undefined|null|ERROR_MESSAGE)?$|\[object|function|\()/.test(line);
}

/** The number before the percent sign at the end of a line of progress. */
function percentage(line: string): string | undefined {
  return /([\d.]+)% complete$/.exec(line)?.[1];
}
