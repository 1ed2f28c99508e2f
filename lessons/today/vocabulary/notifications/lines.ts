import { type Expected, type OutputDiagnosis, quote } from '#grading';
import type { Notification } from './data';

/** What is printed when a job is in the queue. */
export function createdLine(id: string): string {
  return `Notification job created: ${id}`;
}

/** A line that looks as if it were one of those, whatever the id. */
export const anyCreated: Expected = {
  pattern: /^Notification job created/,
  shown: 'Notification job created: …',
};

/** Such a line with what may be an id. */
export const createdWithId: Expected = {
  pattern: /^Notification job created: (?!undefined$|null$|NaN$|\[object)[^\s{}]+$/,
  shown: 'Notification job created: JOB_ID',
};

/** What `sendNotification` prints. */
export function sendingLine({ phoneNumber, message }: Notification): string {
  return `Sending notification to ${phoneNumber}, with message: ${message}`;
}

/** Why a line of `sendNotification` is not as it should be. */
export function sendingDiagnoses(all: readonly Notification[]): OutputDiagnosis[] {
  const data =
    'Take both values from what the job carries: job.data.phoneNumber and job.data.message.';
  const at = { calls: ['sendNotification'] };
  const swapped = all.map(({ phoneNumber, message }) =>
    sendingLine({ phoneNumber: message, message: phoneNumber }),
  );
  return [
    {
      pattern: /undefined/,
      message: 'A value is “undefined” in the line that is printed.',
      next: data,
      at,
    },
    {
      pattern: /\[object Object\]/,
      message: 'The line holds “[object Object]”, a whole object where one of its fields belongs.',
      next: data,
      at,
    },
    ...swapped.map((line) => ({
      pattern: new RegExp(`^${line.replace(/[^\w ]/g, '\\$&')}$`),
      message: 'Phone number and message have changed places in the line that is printed.',
      next: 'Hand them over in the order in which sendNotification takes them: phoneNumber, message.',
      at,
    })),
  ];
}

/** Why a line about a created job has not its id. */
export function createdDiagnoses(ids: readonly string[]): OutputDiagnosis[] {
  return [
    {
      pattern: /^Notification job created: (undefined|null|\[object \w+\]|NaN|\{.*)/,
      message: 'The line about the created job does not tell its id.',
      next: 'Await queue.add(): what it gives is the job, and job.id is its id.',
      at: { calls: ['add', 'addBulk'] },
    },
    {
      pattern: /^Notification job created: (?!undefined)\S+$/,
      message: `The line about the created job tells another id than the job has, ${quote(ids[0] ?? '')}.`,
      next: 'Print the id of the job that queue.add() gives: job.id.',
    },
  ];
}
