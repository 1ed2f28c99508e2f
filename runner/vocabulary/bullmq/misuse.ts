import { fail, type PlacedFinding } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import { isWritten } from '../../grading/source/pattern';
import type { Source } from '../../grading/source/requirements';
import type { Task } from '../../grading/task';

/** Why something of BullMQ was used in vain; with a class if it is of that one wherever it shows. */
export type Misuse = Pick<PlacedFinding, 'message' | 'next' | 'at'> &
  Partial<Pick<PlacedFinding, 'class'>>;

/**
 * No error has ended the program that comes of taking BullMQ for what it is not.
 * @throws CheckFailure otherwise
 */
export function expectRightUse(task: Task, running: ProgramRun): void {
  const [error] = running.program.errors;
  const misuse = error && misuseBehind(task.source, error.message);
  if (misuse) fail({ class: 'crash', ...misuse, seen: `${error.name}: ${error.message}` });
  running.expectNoCrash(task.file);
}

/**
 * What of BullMQ was taken for something else, if that is behind an error.
 * @param error its text, without its name
 */
export function misuseBehind(source: Source, error: string): Misuse | undefined {
  for (const { pattern, told } of rules) {
    const found = pattern.exec(error);
    const misuse = found && told(found[1] ?? '', source);
    if (misuse) return misuse;
  }
  return undefined;
}

interface Rule {
  pattern: RegExp;
  told(name: string, source: Source): Misuse | undefined;
}

const rules: Rule[] = [
  {
    // A Worker that is given a file runs it in a process or a thread of its own.
    pattern: /^Access to this API has been restricted/,
    told: () => ({
      class: 'requirement-not-met',
      message: 'The check lets no program start another process or thread, and this one does.',
      next: 'Hand the Worker the function itself, not the file that holds it: new Worker(name, async (job) => { … }, options).',
      at: [{ code: 'new Worker($$$)' }, { calls: ['fork', 'spawn'] }],
    }),
  },
  {
    pattern: /^(\w+) requires a connection/,
    told: (name) => ({
      message: `A ${name} is told how it gets to Redis, and this one has no connection.`,
      next: `Give new ${name}(…) the option connection; { connection: {} } is the Redis of this machine.`,
      at: [{ code: `new ${name}($$$)` }, { text: name }],
    }),
  },
  {
    pattern: /maxRetriesPerRequest must be null/,
    told: () => ({
      message:
        'The client of ioredis gives up on a command after some retries; BullMQ takes none here that does.',
      next: 'Make it with maxRetriesPerRequest: null, or give BullMQ plain options as the connection.',
      at: [{ code: 'new $($$$)' }, { text: 'ioredis' }],
    }),
  },
  {
    pattern: /\bQueueScheduler is not a constructor/,
    told: () => ({
      message: 'There is no QueueScheduler in BullMQ since version 2.',
      next: 'Take it out: a Worker looks after delayed and stalled jobs by itself.',
      at: { code: 'new QueueScheduler($$$)' },
    }),
  },
  {
    pattern: /(?:^|\.)(Queue|Worker|QueueEvents)\b.* is not a constructor/,
    told: (name) => ({
      message: `${name} is not what the file takes it for: BullMQ has no default export of that kind.`,
      next: `Write import { ${name} } from 'bullmq'.`,
      at: { text: 'bullmq' },
    }),
  },
  {
    pattern: /\.(createQueue) is not a function|(?:^|\W)(createQueue) is not a function/,
    told: () => ({
      message: 'There is no createQueue() in BullMQ; that is how kue made a queue.',
      next: "Write new Queue('…') with the queue's name.",
      at: { calls: ['createQueue'] },
    }),
  },
  {
    pattern: /\.process is not a function/,
    told: () => ({
      message: 'A Queue of BullMQ has no process(): it does not work on jobs.',
      next: 'Make a Worker with the name of the queue and the function: new Worker(name, async (job) => { … }, options).',
      at: { calls: ['process'] },
    }),
  },
  {
    pattern: /\.(create|createJob) is not a function/,
    told: (name) => ({
      message: `A Queue of BullMQ has no ${name}(): that is how kue made a job.`,
      next: 'Write await queue.add(name, data): it returns the job, and the job is in Redis then.',
      at: { calls: [name] },
    }),
  },
  {
    pattern: /\.save is not a function/,
    told: () => ({
      message: 'There is nothing to save: queue.add() has put the job into Redis already.',
      next: 'Await queue.add(), and take save() out.',
      at: { calls: ['save'] },
    }),
  },
  {
    pattern: /\b(\w+)\.on is not a function/,
    told: (name, source) =>
      /^job/i.test(name) || isWritten(source, `${name}.id`)
        ? {
            message: 'A job of BullMQ tells no events of itself.',
            next: 'Listen to QueueEvents of the queue: its events carry the id of their job.',
            at: { code: '$.on($$$)' },
          }
        : undefined,
  },
  {
    // Without its name the job's data goes where the script takes text.
    pattern: /command arguments must be strings or integers/,
    told: (_, source) =>
      isWritten(source, '$.add($)')
        ? {
            message: 'queue.add() is given the data alone: the job’s name comes first.',
            next: 'Hand over the job’s name first, then the data: await queue.add(name, data).',
            at: { code: '$.add($)' },
          }
        : undefined,
  },
  {
    pattern: /^job stalled more than allowable limit/,
    told: () => ({
      message:
        'A job whose worker has died fails here: the Worker takes none over, by its maxStalledCount.',
      next: 'Take the option maxStalledCount out: BullMQ takes such a job over once.',
      at: [{ names: ['maxStalledCount'] }, { code: 'new Worker($$$)' }],
    }),
  },
  {
    pattern: /\.discard is not a function/,
    told: () => ({
      message: 'There is no job.discard() in BullMQ 6: what is thrown says whether to try again.',
      next: 'Take it out, and throw an UnrecoverableError of BullMQ: such a job fails for good at once.',
      at: { calls: ['discard'] },
    }),
  },
  {
    pattern: /\.progress is not a function/,
    told: () => ({
      message: 'progress is what was reported last; it is no function in BullMQ.',
      next: 'Write await job.updateProgress(percent).',
      at: { calls: ['progress'] },
    }),
  },
  {
    pattern: /^(done|cb|callback|next) is not a function/,
    told: (name) => ({
      message: `The function of a Worker gets no ${name}: its second argument is a text, the token of the lock.`,
      next: 'Return when the job is done, and throw an error when it failed.',
      at: { calls: [name] },
    }),
  },
  {
    pattern: /is not valid JSON$/,
    told: (_, source) =>
      isWritten(source, 'JSON.parse($.data)')
        ? {
            message:
              'What a job carries is no JSON text: BullMQ hands over what it was added with.',
            next: 'Take JSON.parse() away, and read the fields from the data itself.',
            at: { code: 'JSON.parse($.data)' },
          }
        : undefined,
  },
  {
    pattern: /^Worker is already running/,
    told: () => ({
      message:
        'run() is called again while the Worker runs, and the promise that it returns is rejected.',
      next: 'Call run() only if isRunning() of the Worker is false.',
      at: { calls: ['run'] },
    }),
  },
  {
    pattern: /^Queue name cannot contain :/,
    told: () => ({
      message: 'The name of a queue of BullMQ has no colon in it.',
      next: "Give the Queue the task's name to the letter.",
      at: { code: 'new Queue($$$)' },
    }),
  },
];
