import type { ProgramRun } from '../../grading/program/program-run';
import { RedisReplyError } from '../../redis/protocol/resp';
import type { WireCommand } from '../../sandbox/tap/journal';
import { queueOf } from './keys';

/** The ids of the jobs that a program added, one for each time: a job may be added in vain twice. */
export function addedBy(running: ProgramRun): string[] {
  return scriptsOf(running).flatMap(({ keys, reply }) =>
    keys.some((key) => queueOf(key) !== undefined && key.endsWith(':id')) && Buffer.isBuffer(reply)
      ? [reply.toString()]
      : [],
  );
}

/** The ids of the jobs that a program brought to their end, as often as it did. */
export function settledBy(running: ProgramRun): string[] {
  return scriptsOf(running).flatMap(({ values }) =>
    values[2] === 'returnvalue' || values[2] === 'failedReason' ? [values[0] ?? ''] : [],
  );
}

/** The queues of which a program asks for jobs. */
export function queuesAskedBy(running: ProgramRun): string[] {
  const asked = scriptsOf(running).flatMap(({ keys }) =>
    keys[0]?.endsWith(':wait') && keys[1]?.endsWith(':active') ? (queueOf(keys[0]) ?? []) : [],
  );
  return [...new Set(asked)];
}

/** The queues to whose events a program listens. */
export function queuesHeardBy(running: ProgramRun): string[] {
  const heard = running.commands('XREAD').flatMap((words) => {
    const key = words.find((word) => word.endsWith(':events'));
    return (key === undefined ? undefined : queueOf(key)) ?? [];
  });
  return [...new Set(heard)];
}

interface Script {
  keys: string[];
  values: string[];
  reply: WireCommand['reply'];
}

function scriptsOf(running: ProgramRun): Script[] {
  return running.sent
    .filter(({ words: [name], reply }) => {
      return (
        (name === 'EVAL' || name === 'EVALSHA') &&
        reply !== undefined &&
        !(reply instanceof RedisReplyError)
      );
    })
    .map(({ words, reply }) => {
      const first = 3 + Number(words[2]);
      return { keys: words.slice(3, first), values: words.slice(first), reply };
    });
}
