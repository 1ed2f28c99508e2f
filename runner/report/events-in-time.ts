import type { Evidence, WireEntry } from '../grading/verdict';
import { isBlocking } from '../redis/protocol/blocking-commands';
import { commandText } from '../redis/protocol/command-text';
import { eventText, isGreeting, isKueInternal, usesKue } from './bookkeeping';

/** One thing that was seen, at its time. */
export interface Moment {
  program: string;
  /** Milliseconds since the run began. */
  at: number;
  kind: 'command' | 'message' | 'output' | 'errors' | 'http';
  text: string;
  /** What came back, where that belongs to the moment itself. */
  reply?: string;
}

/** What was seen of a run, by its time. */
export interface Timeline {
  moments: Moment[];
  /** How many commands are left out: kue's bookkeeping. */
  hidden: number;
}

/** Everything that was seen of a run: commands, messages, lines and questions. */
export function courseOf({ wire, output, http }: Evidence): Timeline {
  const kue = usesKue(wire);
  const told = kue ? wire.filter((entry) => !isKueInternal(entry) && !isGreeting(entry)) : wire;
  const moments: Moment[] = [
    ...told.flatMap(wireMoments),
    ...output.map(
      ({ program, at, stream, text }): Moment => ({
        program,
        at,
        kind: stream === 'stderr' ? 'errors' : 'output',
        text,
      }),
    ),
    ...http.map(
      ({ program, at, request, status, body }): Moment => ({
        program,
        at,
        kind: 'http',
        text: request,
        reply: [status ?? 'no answer', body].filter((part) => part !== undefined).join('  '),
      }),
    ),
  ];
  moments.sort((one, other) => one.at - other.at);
  return { moments, hidden: wire.length - told.length };
}

/** The programs that something was seen of, in the order in which they appear. */
export function programsOf(moments: readonly Moment[]): string[] {
  return [...new Set(moments.map(({ program }) => program))];
}

function wireMoments({ program, at, command, reply, repliedAt }: WireEntry): Moment[] {
  if (command.length === 0) return [{ program, at, kind: 'message', text: messageText(reply) }];
  const sent: Moment = { program, at, kind: 'command', text: sentText(command) };
  if (!isBlocking(command[0] ?? '')) {
    // In a transaction the answer comes with its end.
    const answered = reply !== undefined && reply !== 'QUEUED';
    return [answered ? { ...sent, reply: replyOf(command, reply) } : sent];
  }
  const waits: Moment = { ...sent, reply: '(waits)' };
  if (reply === undefined || repliedAt === undefined) return [waits];
  return [waits, { program, at: repliedAt, kind: 'message', text: items(reply).join(' ') }];
}

function sentText(command: readonly string[]): string {
  const [name, channel, message = ''] = command;
  const event = name === 'PUBLISH' ? eventText(JSON.stringify(message)) : undefined;
  return event === undefined ? commandText(command) : `PUBLISH ${channel} (${event})`;
}

/** A push is an array: its kind, for a pattern that, the channel, and the message. */
function messageText(reply = ''): string {
  const [channel = '', message = ''] = items(reply).slice(-2);
  return `${eventText(message) ?? message} on ${channel.replace(/^"(.*)"$/, '$1')}`;
}

function items(reply: string): string[] {
  return reply.split('\n').map((line) => line.replace(/^\s*\d+\) /, ''));
}

/** What is long, and the same each time, is told in short. */
function replyOf(command: readonly string[], reply: string): string {
  if (command[0] === 'INFO') return `(${reply.split('\\r\\n').length} lines)`;
  if (command[0] === 'HGETALL' && /^q:job:\d+$/.test(command[1] ?? '')) return '(the job)';
  if (/SUBSCRIBE$/.test(command[0] ?? ''))
    return `channels: ${items(reply).at(-1)?.replace(/\D+/, '')}`;
  return oneLine(reply);
}

function oneLine(reply: string): string {
  return reply.replace(/\n\s*/g, ' ');
}
