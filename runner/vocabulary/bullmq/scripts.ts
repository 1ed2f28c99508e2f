import type { ProgramRun } from '../../grading/program/program-run';
import { RedisReplyError, type Reply } from '../../redis/protocol/resp';
import type { WireCommand } from '../../sandbox/tap/journal';
import { queueOf } from './keys';

/** The ids of the jobs that a program added, one for each time: a job may be added in vain twice. */
export function addedBy(running: ProgramRun): string[] {
  return scriptsOf(running).flatMap(({ keys, reply }) =>
    hasIdKey(keys) && Buffer.isBuffer(reply) ? [reply.toString()] : [],
  );
}

/** The last id given is among the keys of the scripts alone that give one. */
function hasIdKey(keys: readonly string[]): boolean {
  return keys.some((key) => queueOf(key) !== undefined && key.endsWith(':id'));
}

/** Whether a command, by its words, puts a job into a queue. */
export function isAdding(words: readonly string[]): boolean {
  const [name = ''] = words;
  return /^EVAL(?:SHA)?$/.test(name) && hasIdKey(words.slice(3, 3 + Number(words[2])));
}

/** The ids of the jobs that a program brought to their end, as often as it did. */
export function settledBy(running: ProgramRun): string[] {
  return endsOf(running).map(([id]) => id);
}

/** When a program sent the script that brought a job to its end, by the job's id: in the journal's time. */
export function settledAt(running: ProgramRun): Map<string, number> {
  return new Map(endsOf(running));
}

function endsOf(running: ProgramRun): [id: string, at: number][] {
  return scriptsOf(running).flatMap(({ values, at }): [string, number][] =>
    values[2] === 'returnvalue' || values[2] === 'failedReason' ? [[values[0] ?? '', at]] : [],
  );
}

/** The queues of which a program asks for jobs. */
export function queuesAskedBy(running: ProgramRun): string[] {
  const asked = scriptsOf(running).flatMap(({ keys }) =>
    keys[0]?.endsWith(':wait') && keys[1]?.endsWith(':active') ? (queueOf(keys[0]) ?? []) : [],
  );
  return [...new Set(asked)];
}

/** The prefixes other than BullMQ's own under which a program asks for jobs. */
export function prefixesAskedBy(running: ProgramRun): string[] {
  return scriptsOf(running).flatMap(({ keys: [waiting = '', active = ''] }) => {
    const isAsked = active.endsWith(':active') && queueOf(active) === undefined;
    const [, prefix] = /^(.+):[^:]+:wait$/.exec(waiting) ?? [];
    return isAsked && prefix !== undefined ? [prefix] : [];
  });
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
  reply: Reply;
  /** When it was sent, in the journal's time. */
  at: number;
}

function scriptsOf(running: ProgramRun): Script[] {
  return withRepliesOfTransactions(running.sent).flatMap(({ words, reply, at }) => {
    const isScript = words[0] === 'EVAL' || words[0] === 'EVALSHA';
    if (!isScript || reply === undefined || reply instanceof RedisReplyError) return [];
    const first = 3 + Number(words[2]);
    return [{ keys: words.slice(3, first), values: words.slice(first), reply, at }];
  });
}

/** A FlowProducer adds its jobs in a transaction: what each of them came to stands in the reply of EXEC. */
function withRepliesOfTransactions(
  sent: readonly WireCommand[],
): { words: string[]; reply: Reply | undefined; at: number }[] {
  const replies = new Map<WireCommand, Reply>();
  const queued = new Map<number, WireCommand[]>();
  for (const command of sent) {
    const { connection, reply } = command;
    const [name] = command.words;
    if (name === 'MULTI') queued.set(connection, []);
    else if (name === 'EXEC' || name === 'DISCARD') {
      const done = name === 'EXEC' && Array.isArray(reply) ? reply : [];
      for (const [at, one] of (queued.get(connection) ?? []).entries()) {
        replies.set(one, done[at] ?? null);
      }
      queued.delete(connection);
    } else queued.get(connection)?.push(command);
  }
  return sent.map((command) => ({
    words: command.words,
    at: command.at,
    reply: replies.get(command) ?? command.reply,
  }));
}
