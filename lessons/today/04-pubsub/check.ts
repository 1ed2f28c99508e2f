import { check, quote } from '#grading';
import {
  expectCalls,
  expectNoCondition,
  expectTimesInCalls,
} from '#vocabulary/redis/announced-calls';
import { waitForAnnouncements } from '#vocabulary/redis/announcements';
import { expectClosed } from '#vocabulary/redis/closed-clients';
import {
  publish,
  publishOneByOne,
  waitForDelivery,
  waitForPublished,
  waitForSubscription,
} from '#vocabulary/redis/delivery';
import { expectPromiseClient } from '#vocabulary/redis/promise-client';
import { expectTimes } from '#vocabulary/redis/publish-times';
import { expectEachMessage } from '#vocabulary/redis/received-messages';
import { connectedLine } from '../vocabulary/connected-line';
import { expectRefusalLine } from '../vocabulary/refusal-line';
import { expectKept } from './check/kept';
import {
  expectListener,
  expectNoEndlessMessage,
  expectNotLeftEarly,
  expectOnAfterNearly,
  expectOpenToUnsubscribe,
  expectUnsubscribed,
  misprints,
  staysOn,
} from './check/listener';
import { expectOpenUntilLast } from './check/open';
import { expectNoOwnMessage, expectOnePart } from './check/parts';
import { expectAsWritten } from './check/published';
import { announcing, channel, first, kill, last, nearlyKill, second } from './check/story';
import {
  expectBothFollowed,
  expectDuplicate,
  expectParted,
  expectSubscribed,
} from './check/two-clients';

const messages = Object.keys(announcing.times);
const closing = ['$.close()', '$.destroy()', '$.quit()', '$.disconnect()', '$.QUIT()'];

export default check({
  'today-subscriber': async (task) => {
    const subscriber = await task.run({ watchMoments: true });
    const refused = await task.run({ redisDown: true });
    await subscriber.waitForIdle(Number.POSITIVE_INFINITY);
    if (subscriber.commands('SUBSCRIBE').length === 0) await subscriber.waitUntilIdle();
    subscriber.expectParsed();
    expectPromiseClient(task, subscriber);
    await waitForSubscription(subscriber);
    expectOnePart(task, 'subscribe');
    expectSubscribed(task, subscriber);
    expectListener(task);
    expectDuplicate(task, subscriber);

    await publishOneByOne(task, subscriber, channel, messages);
    expectNoEndlessMessage(task, subscriber);
    expectParted(subscriber);
    subscriber.expectNoCrash();
    expectNoOwnMessage(subscriber, channel);
    expectNotLeftEarly(task, subscriber);
    const heard = [first, second, kill];
    subscriber.expectOutput([connectedLine, ...heard], {
      // It came, as both before it did.
      ...(subscriber.lines.at(-1) === second
        ? { ended: `Print ${kill} as any other message, before the program ends.` }
        : {}),
      diagnoses: [...misprints(), { pattern: new RegExp(`^${last}$`), ...staysOn(task) }],
    });
    await subscriber.waitUntil(() => false, { timers: 0 });
    await expectKept(task, subscriber, heard);
    expectOpenToUnsubscribe(task, subscriber);
    await subscriber.expectExit(
      `after ${kill}`,
      {
        says: `When the message is ${kill}, close both clients: await subscriber.close(), await client.close().`,
        unless: closing,
        otherwise: 'See that both clients are closed, and that the lines which do so are reached.',
      },
      { at: [{ calls: ['close', 'unsubscribe'] }, { lacks: kill }], needsAll: true },
    );
    expectClosed(task, subscriber);
    expectUnsubscribed(subscriber);

    // Words that stand in no file: the program prints what comes, not what it knows.
    const other = await task.run();
    await other.waitUntilSettled();
    const words = ['Is anybody late?', 'Is anybody late?'];
    const indented = '  Who is late? ';
    const said = [...words, '', indented, nearlyKill];
    const receivers = await publish(task, channel, said);
    await waitForDelivery(task, other, receivers);
    await other.waitUntilIdle();
    expectOnAfterNearly(other);
    expectEachMessage(task, other, words, [connectedLine, ...said]);
    await expectKept(task, other, [...heard, ...said]);
    // It came to the program before, and is in the list already.
    const again = receivers + (await publish(task, channel, [first]));
    await waitForDelivery(task, other, again);
    await other.waitUntilIdle();
    await expectKept(task, other, [...heard, ...said, first]);
    const publisher = await task.runWorked('today-publisher');
    await waitForDelivery(task, other, again + (await waitForPublished(task, publisher, 4)));
    await other.expectExit(`after ${kill}`, `End it only when the message is ${kill}.`, {
      at: { lacks: kill },
    });
    // A machine under load may bring the last two messages together.
    const overtaken = other.lines.at(-1) === last ? [last] : [];
    const lines = [connectedLine, ...said.filter(Boolean), first, ...heard, ...overtaken];
    other.expectOutput(lines, {
      diagnoses: [
        {
          pattern: /^Who is late\?$/,
          message: `The message ${quote(indented)} is printed without the blanks at its ends.`,
          next: 'Print each message as it came: take nothing away from it.',
        },
      ],
    });
    await expectKept(task, other, [...heard, ...said, first, ...heard, ...overtaken]);

    await expectRefusalLine(task, refused);
    await expectBothFollowed(task);
  },

  'today-publisher': async (task) => {
    const refused = await task.run({ redisDown: true });
    const subscriber = await task.runWorked('today-subscriber');
    await refused.waitUntil(() => refused.program.attempts > 0, { timers: 0 });
    refused.expectParsed();
    expectPromiseClient(task, refused);
    expectOnePart(task, 'publish');
    task.source.expectFunction(announcing.name);
    task.source.expectParameterOrder(announcing.name, ['message', 'time']);
    await subscriber.waitUntilSettled();

    const publisher = await waitForAnnouncements(task, announcing);
    const lines = messages.map(announcing.line);
    expectOpenUntilLast(task, publisher, lines);
    publisher.expectNoCrash();
    const missing = lines.find((line) => !publisher.outputLines.includes(line));
    if (missing !== undefined) {
      const sides = { expected: lines.join('\n'), seen: publisher.outputLines.join('\n') };
      expectCalls(task, announcing, sides);
      const isRight = (line: string) => [connectedLine, ...lines].includes(line);
      if (publisher.outputLines.every(isRight)) {
        expectNoCondition(task, announcing, missing, sides);
      }
    }
    expectTimesInCalls(task, announcing);
    publisher.expectOutput(lines, {
      besides: [connectedLine],
      diagnoses: [
        {
          pattern: /^About to send MESSAGE$/,
          message: '“MESSAGE” is printed as it stands: the task means the message by it.',
          // biome-ignore lint/suspicious/noTemplateCurlyInString: the learner is to write it so
          next: 'Print what publishMessage was called with: `About to send ${message}`.',
        },
      ],
    });
    expectAsWritten(publisher, messages);
    for (const message of messages) {
      publisher.expectSentTimes(
        ['PUBLISH', channel, message],
        1,
        'In publishMessage, publish the message to the channel once, under its exact name, and wait for the answer.',
      );
    }
    expectTimes(task, publisher, announcing);
    task.source.expectParameters(announcing.name, ['message', 'time']);
    await publisher.expectExit(
      'after the last message',
      {
        says: 'Close the client when all messages are sent: await client.close().',
        unless: closing,
        otherwise: 'See that the line that closes the client is reached, after the last message.',
      },
      { at: { calls: ['connect'] } },
    );
    expectClosed(task, publisher);
    await expectRefusalLine(task, refused);
  },
});
