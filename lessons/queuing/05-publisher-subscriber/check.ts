import { check, quote } from '#grading';
import { connectedLine } from '../vocabulary/connected-line';
import { expectRefusalLine } from '../vocabulary/connection-lines';
import { expectTimes } from './check/publish-times';
import {
  closedEarly,
  expectCallsWith,
  expectOpenUntilLast,
  publish,
  publishOneByOne,
  waitForAnnouncements,
  waitForDelivery,
  waitForPublished,
  waitForSubscription,
} from './check/publisher';
import { expectMessageListener } from './check/subscriber';

const channel = 'holberton school channel';
const first = 'Holberton Student #1 starts course';
const second = 'Holberton Student #2 starts course';
const last = 'Holberton Student #3 starts course';
const kill = 'KILL_SERVER';
const messages = [first, second, kill, last];

const announcement = (message: string) => `About to send ${message}`;

export default check({
  '5-subscriber': async (task) => {
    const subscriber = await task.run({ watchMoments: true });
    const refused = await task.run({ redisDown: true });

    await waitForSubscription(subscriber);
    subscriber.expectSent(
      ['SUBSCRIBE', channel],
      'Call subscribe() on the client with the name of the channel, to the letter.',
    );

    await publishOneByOne(task, subscriber, channel, messages);
    subscriber.expectNoCrash();
    expectMessageListener(task, subscriber, [connectedLine, first, second, kill]);
    subscriber.expectOutput([connectedLine, first, second, kill], {
      // It came, as both before it did.
      ...(subscriber.lines.at(-1) === second
        ? { ended: 'Print KILL_SERVER as any other message, and then unsubscribe and quit.' }
        : {}),
      diagnoses: [
        {
          pattern: /^holberton school channel$/,
          message: 'The program prints the name of the channel, not the message.',
          next: 'The listener for “message” gets (channel, message): print the second.',
        },
        {
          pattern: /.+Holberton Student #1 starts course$/,
          message: 'Something stands before the message; the task asks for the message alone.',
          next: 'Print the message as it came: console.log(message).',
        },
        {
          pattern: /UNSUBSCRIBE can't be processed/,
          message:
            'The client is told to quit before it unsubscribes, which it then cannot do any more.',
          next: 'When the message is KILL_SERVER, call unsubscribe() first and quit() after it.',
        },
        {
          pattern: /^Holberton Student #3 starts course$/,
          message: 'The program goes on to print messages after KILL_SERVER.',
          next: 'When the message is KILL_SERVER, unsubscribe and quit.',
        },
      ],
    });
    await subscriber.expectExit(
      'after KILL_SERVER',
      'When the message is KILL_SERVER, call unsubscribe() and then quit() on the client.',
      { at: { lacks: kill } },
    );
    const left = subscriber.commands('UNSUBSCRIBE');
    if (
      left.length > 0 &&
      !left.some(([, ...names]) => names.length === 0 || names.includes(channel))
    ) {
      task.fail({
        class: 'wrong-command',
        message: `The program unsubscribes from ${quote(left[0]?.slice(1).join(' ') ?? '')}, not from the channel that it listens to.`,
        next: 'Give unsubscribe() the name of the channel, to the letter, or nothing at all.',
        at: { sends: left[0] ?? [] },
        expected: `UNSUBSCRIBE "${channel}"`,
        seen: subscriber.commandLines('UNSUBSCRIBE'),
      });
    }
    if (left.length === 0) {
      task.fail({
        class: 'wrong-command',
        message: 'The program quits without unsubscribing from the channel first.',
        next: 'When the message is KILL_SERVER, call unsubscribe() on the client, then quit().',
        at: { calls: ['quit', 'end'] },
        expected: `UNSUBSCRIBE "${channel}"`,
        seen: subscriber.commandLines(),
      });
    }

    // Words that stand in no file: the program prints what comes, not what it knows.
    const other = await task.run();
    await other.waitUntilSettled();
    const words = ['Is anybody late?', 'Is anybody late?'];
    const receivers = await publish(task, channel, words);
    const publisher = await task.runWorked('5-publisher');
    await waitForDelivery(task, other, receivers + (await waitForPublished(task, publisher, 4)));
    await other.expectExit('after KILL_SERVER', 'End it only when the message is KILL_SERVER.', {
      at: { lacks: kill },
    });
    // A machine under load may bring the last two messages together.
    const overtaken = other.lines.at(-1) === last ? [last] : [];
    other.expectOutput([connectedLine, ...words, first, second, kill, ...overtaken]);

    await expectRefusalLine(task, refused);
  },

  '5-publisher': async (task) => {
    task.source.expectFunction('publishMessage');
    const subscriber = await task.runWorked('5-subscriber');
    const refused = await task.run({ redisDown: true });
    await subscriber.waitUntilSettled();

    const publisher = await waitForAnnouncements(task);
    publisher.expectOutput(messages.map(announcement), {
      besides: [connectedLine],
      diagnoses: [{ pattern: /The connection is already closed/, ...closedEarly }],
    });
    expectOpenUntilLast(publisher, messages);
    for (const message of messages) {
      publisher.expectSentTimes(
        ['PUBLISH', channel, message],
        1,
        'In publishMessage, publish the message to the channel once, under its exact name.',
      );
    }
    expectCallsWith(task, 'publishMessage', {
      [first]: 100,
      [second]: 200,
      [kill]: 300,
      [last]: 400,
    });
    expectTimes(task, publisher, messages, [100, 200, 300, 400], announcement);
    task.source.expectParameters('publishMessage', ['message', 'time']);

    await expectRefusalLine(task, refused);
  },
});
