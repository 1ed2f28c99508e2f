import { fail, nearest, type ProgramRun, quote, type Task } from '#grading';
import { list } from './story';

const next = 'Add each message to the end of the list: await client.rPush(key, message).';
const at = [{ calls: ['rPush', 'RPUSH', 'lPush', 'LPUSH'] }];

/**
 * The list holds just the messages that were heard, in their order.
 * @param messages in their order
 * @throws CheckFailure otherwise
 */
export async function expectKept(
  task: Task,
  subscriber: ProgramRun,
  messages: readonly string[],
): Promise<void> {
  const type = await task.redis.type(list);
  const sides = { expected: messages.join('\n'), seen: subscriber.commandLines(...storing) };
  if (type !== 'list') await failOther(task, type, sides);
  const answer = await task.redis.command('LRANGE', list, '0', '-1');
  const kept = Array.isArray(answer) ? answer.map(String) : [];
  if (kept.length === messages.length && kept.every((one, index) => one === messages[index])) {
    return;
  }
  const isReversed = kept.toReversed().join('\n') === messages.join('\n');
  const times = (all: readonly string[], word: string) => all.filter((one) => one === word).length;
  const missing = messages.find((one) => times(kept, one) < times(messages, one));
  const isThere = missing !== undefined && kept.includes(missing);
  const strange = kept.find((one) => !messages.includes(one));
  fail({
    class: 'wrong-data',
    message: isReversed
      ? 'The list holds the messages in reverse: LPUSH puts each one before the others.'
      : missing !== undefined
        ? `${lackOf(missing, isThere)}${strange === undefined ? '' : `, but ${quote(strange)}`}.`
        : strange !== undefined
          ? `The list holds ${quote(strange)}, which is no message that was heard.`
          : 'The list holds the messages in another order, or one of them more than once.',
    next: isReversed
      ? 'Write rPush() in its place.'
      : missing !== undefined && strange === undefined
        ? isThere || missing === ''
          ? 'Store every message that comes: an empty one, one that came before, and one that comes while another is being stored.'
          : 'Store every message that is logged, KILL_SERVER too, and let Redis answer before the clients are closed.'
        : 'Store each message once, as it came.',
    at,
    expected: sides.expected,
    seen: kept.join('\n'),
  });
}

function lackOf(message: string, isThere: boolean): string {
  if (isThere) return `The list has ${quote(message)} too few times`;
  return message === ''
    ? 'The list has no empty message, and one came'
    : `The list has no ${quote(message)}`;
}

const storing = ['RPUSH', 'LPUSH', 'SADD', 'SET', 'HSET', 'APPEND', 'XADD', 'ZADD', 'RPUSHX'];

type Sides = { expected: string; seen: string };

/** @throws CheckFailure naming where the messages are kept instead */
async function failOther(task: Task, type: string, sides: Sides): Promise<never> {
  if (type !== 'none') {
    fail({
      class: 'wrong-data',
      message: `The key ${quote(list)} holds a ${type}; the task asks for a list.`,
      next,
      at: [{ names: [list] }],
      ...sides,
    });
  }
  const keys = await task.redis.keys();
  const other = nearest(list, keys) ?? keys[0];
  fail({
    class: other === undefined ? 'wrong-command' : 'wrong-data',
    message:
      other === undefined
        ? 'The messages are logged, but not stored in Redis.'
        : `The messages are stored under the key ${quote(other)}; the task’s key is ${quote(list)}.`,
    next: other === undefined ? next : 'Write the key as the task has it, to the letter.',
    at: other === undefined ? [{ calls: ['subscribe'] }] : [{ names: [other] }, ...at],
    ...sides,
  });
}
