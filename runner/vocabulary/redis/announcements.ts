import { fail, quote } from '../../grading/finding';
import { notFilledIn, placeholderIn } from '../../grading/program/placeholder';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { commandText } from '../../redis/protocol/command-text';
import { type Announcing, expectCalls } from './announced-calls';
import { delaysOf } from './publish-times';

/** No task’s message waits for so long, in milliseconds. */
const patience = 5_000;

/** So far apart, in milliseconds, one message is seen to come after the answer to the one before. */
const apart = 50;

/** How often a publisher is run at most where the machine is too busy to see when it closes. */
const runs = 3;

/**
 * Runs the publisher until it has nothing more to send. One that ends at some answer of Redis's may
 * do so after any of its messages: where answers came late, or its timers all at once, that cannot
 * be told, and it is run again.
 * @throws CheckFailure where it waits for longer than any task asks
 */
export async function waitForAnnouncements(
  task: Task,
  announcing: Announcing,
): Promise<ProgramRun> {
  for (let run = 1; ; run += 1) {
    const publisher = await task.run({ watchMoments: true });
    await announcesAll(task, publisher, announcing);
    const ends = publisher.program.exit || publisher.commands('QUIT').length > 0;
    if (run === runs || !ends || answersCameBetween(task, publisher)) return publisher;
  }
}

/** Whether each message went out well apart from the one before, and after its answer. */
function answersCameBetween(task: Task, publisher: ProgramRun): boolean {
  const published = publisher.program.moments.filter(({ what }) => what === 'publish');
  const sent = task.sandbox.journal
    .commands(publisher.name)
    .filter(({ words }) => words[0] === 'PUBLISH');
  return eachFollows(published, ({ at }) => at) && eachFollows(sent, ({ repliedAt }) => repliedAt);
}

/** @param over when one of them is over; nothing where it never is */
function eachFollows<One extends { at: number }>(
  all: readonly One[],
  over: (one: One) => number | undefined,
): boolean {
  return all.every((one, index) => {
    const next = all[index + 1];
    return next === undefined || next.at - (over(one) ?? next.at) > apart;
  });
}

/**
 * Waits until the publisher has nothing more to send.
 * @throws CheckFailure where it waits for longer than any task asks
 */
async function announcesAll(
  task: Task,
  publisher: ProgramRun,
  announcing: Announcing,
): Promise<void> {
  const tooLong = () => delaysOf(publisher).find((delay) => delay > patience);
  await publisher.waitUntil(() => tooLong() !== undefined || sentAgain(publisher) !== undefined, {
    timers: 0,
  });
  const again = sentAgain(publisher);
  if (again !== undefined) sentTwice(task, publisher, again, announcing);
  const delay = tooLong();
  if (delay !== undefined) {
    fail({
      class: 'time-out',
      message: `A message waits for ${delay / 1000} seconds: setTimeout counts in milliseconds.`,
      next: 'Hand the time to setTimeout as it is: it is given in milliseconds.',
      at: { calls: ['setTimeout'] },
    });
  }
  const [short] = publisher.commands('PUBLISH').filter((words) => words.length < 3);
  if (short) {
    fail({
      class: 'wrong-command',
      message: `publish() is called without the message: Redis refused ${quote(commandText(short))}.`,
      next: 'Hand it both, the channel and the message: publish(channel, message).',
      at: { calls: ['publish'] },
      seen: publisher.commandLines('PUBLISH'),
    });
  }
}

function sentTwice(
  task: Task,
  publisher: ProgramRun,
  again: string,
  announcing: Announcing,
): never {
  const { source } = task;
  expectCalls(task, announcing, {
    expected: Object.keys(announcing.times).join('\n'),
    seen: publisher
      .commands('PUBLISH')
      .map(([, , message]) => message)
      .join('\n'),
  });
  const placeholder = placeholderIn(again);
  const repeats = source.countCalls('setInterval') > 0;
  fail({
    class: 'wrong-command',
    ...(placeholder !== undefined
      ? notFilledIn(placeholder, 'sent')
      : {
          message: `The message ${quote(again)} is published more than once.`,
          next: repeats
            ? 'Write setTimeout in place of setInterval: it waits once, setInterval again and again.'
            : `Publish what ${announcing.name} was called with: a variable outside of it holds the last message when the timers end.`,
        }),
    at: { calls: repeats ? ['setInterval'] : ['publish'] },
    seen: publisher.commandLines('PUBLISH'),
  });
}

/** The first message that was published before, to the same channel. */
function sentAgain(publisher: ProgramRun): string | undefined {
  const seen = new Set<string>();
  for (const [, channel, message] of publisher.commands('PUBLISH')) {
    // Redis refuses one that has no message.
    if (message === undefined) continue;
    const sent = JSON.stringify([channel, message]);
    if (seen.has(sent)) return message;
    seen.add(sent);
  }
  return undefined;
}
