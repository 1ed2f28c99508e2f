import { fail, type ProgramRun } from '#grading';
import { channel } from './story';

/**
 * What is published is a message on a channel: both in their places, and the message as it stands.
 * @throws CheckFailure where they have changed places, or the message was made JSON
 */
export function expectAsWritten(publisher: ProgramRun, messages: readonly string[]): void {
  const published = publisher.commands('PUBLISH');
  const seen = publisher.commandLines('PUBLISH');
  const at = { calls: ['publish', 'PUBLISH'] };
  if (published.some(([, to = '', text]) => text === channel && messages.includes(to))) {
    fail({
      class: 'wrong-command',
      message:
        'PUBLISH gets the message where the channel belongs, and the channel as the message.',
      next: 'Hand over the channel first, and the message second: client.publish(channel, message).',
      at,
      seen,
    });
  }
  const texts = messages.map((message) => JSON.stringify(message));
  if (published.some(([, , text = '']) => texts.includes(text))) {
    fail({
      class: 'wrong-command',
      message:
        'The messages are published as JSON, with quotation marks that do not belong to them.',
      next: 'Publish each as it is: take JSON.stringify() away.',
      at,
      seen,
    });
  }
}
