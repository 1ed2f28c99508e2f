import type { ConnectionLost } from '../../redis/connection';
import type { RedisKind } from '../../redis/instance';
import { commandText } from '../../redis/protocol/command-text';
import { RedisReplyError } from '../../redis/protocol/resp';
import type { Sandbox } from '../../sandbox/sandbox';
import type { WireCommand, WireEntry } from '../../sandbox/tap/journal';
import type { Loss } from '../../sandbox/tap/tap';
import { type PlacedFinding, quote } from '../finding';
import type { FailureClass, Finding } from '../verdict';

/*
 * A check that loses Redis on its way sees lines missing, lines printed twice, errors that the
 * task does not speak of. None of that is the file's fault, so the cause is shown in its place;
 * except where the program itself ended Redis.
 */

/** What a lost connection may look like to a check. */
const symptoms: readonly FailureClass[] = [
  'redis-unreachable',
  'crash',
  'time-out',
  'did-not-exit',
  'output-limit',
  'wrong-output',
  'wrong-command',
  'wrong-data',
  'wrong-answer',
  'wrong-port',
  'requirement-not-met',
];

/** What was found; or its cause, if a connection to Redis was lost before. */
export async function explainByLoss(
  sandbox: Sandbox,
  finding: PlacedFinding,
): Promise<PlacedFinding> {
  return symptoms.includes(finding.class) ? ((await lossOf(sandbox)) ?? finding) : finding;
}

/** Why Redis, or a connection to it, went away while it was needed; nothing where none did. */
export async function lossOf(sandbox: Sandbox): Promise<(PlacedFinding & Finding) | undefined> {
  // A program may hear of Redis's end before the runner does.
  if (sandbox.losses.length > 0) await sandbox.answers();
  const { lost, redis, journal, losses } = sandbox;
  const refused = losses.find((loss) => loss.refused);
  if (refused) return connectionLost(refused);
  if (lost) return endedByProgram(journal.wire) ?? redisGone(redis.kind, lost);
  const [loss] = losses;
  if (!loss || journal.wire.some(endsConnections)) return undefined;
  return connectionLost(loss);
}

/**
 * Redis refuses what the check itself asks of it, for what the program has sent before.
 * @returns nothing where the error is another
 */
export function refusalOf(error: unknown, kind: RedisKind): Finding | undefined {
  if (!(error instanceof RedisReplyError)) return undefined;
  if (error.code === 'BUSY') {
    return {
      class: 'time-out',
      message: 'A script keeps Redis busy, which answers nothing else any more.',
      next: 'Look for a loop in the script that never ends.',
    };
  }
  if (error.code === 'WRONGTYPE') {
    return {
      class: 'wrong-data',
      message: 'A key of the task holds a value of another type than the task asks for.',
      next: 'Use the commands of one type on each key, those that the task names.',
    };
  }
  const refuses = `refuses the check’s own commands: ${quote(error.message)}.`;
  return kind === 'url'
    ? {
        class: 'redis-unreachable',
        message: `The Redis of --redis ${refuses}`,
        next: 'See to that Redis, or leave --redis out: the workbook then brings its own.',
        environment: true,
      }
    : {
        class: 'wrong-command',
        message: `After what the program sent, Redis ${refuses}`,
        next: 'Take out what changes how Redis works, such as CONFIG SET, ACL or REPLICAOF.',
      };
}

/** Redis as a whole went away, or answers no more. */
function redisGone(kind: RedisKind, reason: ConnectionLost): Finding {
  const text = reason.message.replace(/\.$/, '');
  const sentences = reason.code === 'ETIMEDOUT' ? silent(text) : gone[kind](text);
  return { class: 'redis-unreachable', ...sentences, environment: true };
}

const silent = (reason: string) => ({
  message: `${reason} in the middle of the check, though nothing has ended it.`,
  next: 'See whether it is stopped or hangs, or the machine has too much to do; then check again.',
});

const gone: Record<RedisKind, (reason: string) => Pick<Finding, 'message' | 'next'>> = {
  server: () => ({
    message: 'The redis-server of this check ended in the middle of it, and not by the program.',
    next: 'Check again, as the file is not to blame; --offline takes the embedded Redis in its place.',
  }),
  embedded: () => ({
    message:
      'The embedded Redis of this check stopped in the middle of it, and not by the program.',
    next: 'Check again, as the file is not to blame.',
  }),
  url: (reason) => ({
    message: `The Redis of --redis went away in the middle of the check: ${reason}.`,
    next: 'See whether it still runs, and whether it ends idle connections (“timeout”); then check again.',
  }),
};

function connectionLost({ program, after, refused }: Loss): Finding {
  const when = after.length === 0 ? 'at its start' : `after ${quote(shortened(after))}`;
  const since = refused ? ', and new ones are refused since' : '';
  return {
    class: 'redis-unreachable',
    message: `The connection of ${program} to Redis was lost ${when}, and not by the program${since}.`,
    next: 'Check again: what came after that does not count against the file.',
    environment: true,
  };
}

function endedByProgram(wire: readonly WireEntry[]): (PlacedFinding & Finding) | undefined {
  const command = wire.find(endsRedis) ?? wire.find(endsConnections);
  if (!command) return undefined;
  const text = shortened(command.words);
  const what = endsRedis(command) ? 'Redis itself' : 'the connections of others, too';
  return {
    class: 'wrong-command',
    message: `The program ${command.program} sent ${quote(text)}, which ends ${what}.`,
    next: 'Take that out: quit() ends the own connection, and Redis stays for the others.',
    seen: text,
    at: { sends: command.words },
  };
}

/** Redis answers these with an error, or not at all. */
function endsRedis(entry: WireEntry): entry is WireCommand {
  if (entry.kind !== 'command' || entry.reply !== undefined) return false;
  return entry.words[0] === 'SHUTDOWN' || entry.words[0] === 'DEBUG';
}

/** With this a program ends connections, its own or another's. */
function endsConnections(entry: WireEntry): entry is WireCommand {
  if (entry.kind !== 'command') return false;
  return entry.words[0] === 'CLIENT' && /^kill$/i.test(entry.words[1] ?? '');
}

/** A command on a line that can be read at one glance. */
function shortened(words: readonly string[]): string {
  const text = commandText(words).replace(/\s+/g, ' ');
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const longest = 60;
