import { check, quote } from '#grading';
import {
  type Announcing,
  expectCalls,
  expectNoCondition,
  expectTimesInCalls,
} from '#vocabulary/redis/announced-calls';
import { waitForAnnouncements } from '#vocabulary/redis/announcements';
import {
  publish,
  publishOneByOne,
  waitForDelivery,
  waitForPublished,
  waitForSubscription,
} from '#vocabulary/redis/delivery';
import { expectTimes } from '#vocabulary/redis/publish-times';
import { expectEachMessage } from '#vocabulary/redis/received-messages';
import { connectedLine } from '../vocabulary/connected-line';
import { expectRefusalLine } from '../vocabulary/connection-lines';
import { expectNoOwnMessage, expectOnePart } from './check/parts';
import { closedEarly, expectOpenUntilLast } from './check/publisher';
import { expectMessageListener, expectOneListener, leavesEarly, staysOn } from './check/subscriber';

const channel = 'holberton school channel';
const first = 'Holberton Student #1 starts course';
const second = 'Holberton Student #2 starts course';
const last = 'Holberton Student #3 starts course';
const kill = 'KILL_SERVER';
const messages = [first, second, kill, last];

const expected = [connectedLine, first, second, kill];

const announcing: Announcing = {
  name: 'publishMessage',
  times: { [first]: 100, [second]: 200, [kill]: 300, [last]: 400 },
  line: (message) => `About to send ${message}`,
};

export default check({
  '5-subscriber': async (task) => {
    const subscriber = await task.run({ watchMoments: true });
    const refused = await task.run({ redisDown: true });

    await waitForSubscription(subscriber);
    expectOnePart(task, 'subscribe');
    subscriber.expectSent(
      ['SUBSCRIBE', channel],
      'Call subscribe() on the client with the name of the channel, to the letter.',
    );

    await publishOneByOne(task, subscriber, channel, messages);
    subscriber.expectNoCrash();
    expectNoOwnMessage(subscriber, channel, expected);
    expectMessageListener(task, subscriber, expected);
    expectOneListener(task, subscriber, expected);
    const printed = subscriber.lines.at(-1) ?? '';
    const left = subscriber.commands('UNSUBSCRIBE', 'QUIT').length > 0;
    if (left && printed !== second && expected.slice(0, -1).includes(printed)) {
      task.fail({
        class: 'wrong-output',
        ...leavesEarly(task, printed, kill),
        expected: expected.join('\n'),
        seen: subscriber.outputLines.join('\n'),
      });
    }
    const alone = 'The listener for “message” gets (channel, message): print the second.';
    subscriber.expectOutput(expected, {
      // It came, as both before it did.
      ...(printed === second
        ? { ended: `Print ${kill} as any other message, and then unsubscribe and quit.` }
        : {}),
      diagnoses: [
        {
          pattern: /^holberton school channel$/,
          message: 'The program prints the name of the channel, not the message.',
          next: alone,
        },
        {
          pattern: /^undefined$/,
          message: 'The program prints “undefined” where the message belongs.',
          next: alone,
        },
        {
          pattern: /^About to send /,
          message: 'The line “About to send …” is one of the publisher’s.',
          next: 'Take out here what publishes: it belongs in 5-publisher.',
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
          next: `When the message is ${kill}, call unsubscribe() first and quit() after it.`,
          at: { calls: ['quit', 'end'] },
        },
        { pattern: /^Holberton Student #3 starts course$/, ...staysOn(task, kill) },
      ],
    });
    await subscriber.expectExit(
      'after KILL_SERVER',
      {
        says: 'When the message is KILL_SERVER, call unsubscribe() and then quit() on the client.',
        unless: '$.unsubscribe($$$)',
        otherwise:
          'Call quit() on the client after unsubscribe(): only that closes the connection.',
      },
      { at: [{ calls: ['unsubscribe'] }, { lacks: kill }] },
    );
    const unsubscribed = subscriber.commands('UNSUBSCRIBE');
    if (
      unsubscribed.length > 0 &&
      !unsubscribed.some(([, ...names]) => names.length === 0 || names.includes(channel))
    ) {
      task.fail({
        class: 'wrong-command',
        message: `The program unsubscribes from ${quote(unsubscribed[0]?.slice(1).join(' ') ?? '')}, not from the channel that it listens to.`,
        next: 'Give unsubscribe() the name of the channel, to the letter, or nothing at all.',
        at: { sends: unsubscribed[0] ?? [] },
        expected: `UNSUBSCRIBE "${channel}"`,
        seen: subscriber.commandLines('UNSUBSCRIBE'),
      });
    }
    if (unsubscribed.length === 0) {
      task.fail({
        class: 'wrong-command',
        message: 'The program quits without unsubscribing from the channel first.',
        next: 'When the message is KILL_SERVER, call unsubscribe() on the client, then quit().',
        at: { calls: ['quit', 'end', 'exit'] },
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
    const lines = [connectedLine, ...words, first, second, kill, ...overtaken];
    expectEachMessage(task, other, words, lines);
    other.expectOutput(lines);

    await expectRefusalLine(task, refused);
  },

  '5-publisher': async (task) => {
    expectOnePart(task, 'publish');
    task.source.expectFunction(announcing.name);
    task.source.expectParameterOrder('publishMessage', ['message', 'time']);
    const subscriber = await task.runWorked('5-subscriber');
    const refused = await task.run({ redisDown: true });
    await subscriber.waitUntilSettled();

    const publisher = await waitForAnnouncements(task, announcing);
    publisher.expectNoCrash();
    const lines = messages.map(announcing.line);
    const missing = lines.find((line) => !publisher.outputLines.includes(line));
    if (missing !== undefined) {
      const sides = { expected: lines.join('\n'), seen: publisher.outputLines.join('\n') };
      expectCalls(task, announcing, sides);
      const isRight = (line: string) => [connectedLine, ...lines].includes(line);
      if (publisher.outputLines.every(isRight)) expectNoCondition(task, announcing, missing, sides);
    }
    expectTimesInCalls(task, announcing);
    publisher.expectOutput(lines, {
      besides: [connectedLine],
      diagnoses: [
        { pattern: /The connection is already closed/, ...closedEarly },
        {
          pattern: /^About to send MESSAGE$/,
          message: '“MESSAGE” is printed as it stands: the task means the message by it.',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the learner is to write it so
          next: 'Print what publishMessage was called with: `About to send ${message}`.',
        },
      ],
    });
    expectOpenUntilLast(publisher, messages);
    for (const message of messages) {
      publisher.expectSentTimes(
        ['PUBLISH', channel, message],
        1,
        'In publishMessage, publish the message to the channel once, under its exact name.',
      );
    }
    expectTimes(task, publisher, announcing);
    task.source.expectParameters('publishMessage', ['message', 'time']);

    await expectRefusalLine(task, refused);
  },
});
