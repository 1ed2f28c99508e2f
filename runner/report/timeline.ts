import { isGreeting } from '../grading/program/greetings';
import type { Evidence, WireEntry } from '../grading/verdict';
import { isBlocking } from '../redis/protocol/blocking-commands';
import { commandText } from '../redis/protocol/command-text';
import { eventText, isHousekeeping, librariesIn, replyName, toldOfJobs } from './queue-libraries';

/** One thing that was seen, at its time. */
export interface TimelineEvent {
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
  events: TimelineEvent[];
  /** The commands left out, if there are any: how many, and the queue libraries that sent them for themselves. */
  hidden?: { count: number; libraries: string };
}

/** Everything that was seen of a run: commands, messages, lines and questions. */
export function timelineOf({ wire, output, http }: Evidence): Timeline {
  const libraries = librariesIn(wire);
  const shown = libraries.length > 0 ? wire.filter((entry) => !isLeftOut(entry)) : wire;
  const events: TimelineEvent[] = [
    ...shown.flatMap(wireEvents),
    ...output.map(
      ({ program, at, stream, text }): TimelineEvent => ({
        program,
        at,
        kind: stream === 'stderr' ? 'errors' : 'output',
        text,
      }),
    ),
    ...http.map(
      ({ program, at, request, status, body }): TimelineEvent => ({
        program,
        at,
        kind: 'http',
        text: request,
        reply: [status ?? 'no answer', body].filter((part) => part !== undefined).join('  '),
      }),
    ),
  ];
  events.sort((one, other) => one.at - other.at);
  const count = wire.length - shown.length;
  if (count === 0) return { events };
  const names = libraries.map(({ library }) => library).join(' and ');
  return { events, hidden: { count, libraries: names } };
}

/** The programs that something was seen of, in the order in which they appear. */
export function programsOf(events: readonly TimelineEvent[]): string[] {
  return [...new Set(events.map(({ program }) => program))];
}

/** Whether a run of a queue library is shown without this: how the library keeps its books. */
export function isLeftOut(entry: WireEntry): boolean {
  return isAround(entry) || (isHousekeeping(entry) && toldOfJobs(entry).length === 0);
}

/** Sent on every connection before anything else, and around the commands of a library. */
function isAround({ command }: WireEntry): boolean {
  return isGreeting(command) || /^(SELECT|CONFIG|MULTI|EXEC)$/.test(command[0] ?? '');
}

function wireEvents(entry: WireEntry): TimelineEvent[] {
  const { program, at, command, reply, repliedAt } = entry;
  if (command.length === 0) return [{ program, at, kind: 'message', text: messageText(reply) }];
  const told = toldOfJobs(entry);
  if (told.length > 0) {
    const waited = isBlocking(command);
    return told.map((text) =>
      waited
        ? { program, at: repliedAt ?? at, kind: 'message', text }
        : { program, at, kind: 'command', text: `${command[0]} (${text})` },
    );
  }
  const sent: TimelineEvent = { program, at, kind: 'command', text: sentText(command) };
  if (!isBlocking(command)) {
    // In a transaction the answer comes with its end.
    const answered = reply !== undefined && reply !== 'QUEUED';
    return [answered ? { ...sent, reply: replyOf(command, reply) } : sent];
  }
  const waits: TimelineEvent = { ...sent, reply: '(waits)' };
  if (reply === undefined || repliedAt === undefined) return [waits];
  return [waits, { program, at: repliedAt, kind: 'message', text: answerText(reply) }];
}

/** A command as people read it. */
export function sentText(command: readonly string[]): string {
  const [name, channel, message = ''] = command;
  const event = name === 'PUBLISH' ? eventText(message) : undefined;
  return event === undefined ? commandText(command) : `PUBLISH ${channel} (${event})`;
}

/** A push is an array: its kind, for a pattern that, the channel, and the message. */
export function messageText(reply = ''): string {
  const [channel = '', message = ''] = items(reply).slice(-2);
  return `${eventText(unquoted(message)) ?? message} on ${channel.replace(/^"(.*)"$/, '$1')}`;
}

/** What somebody got who waited for it. */
export function answerText(reply: string): string {
  return items(reply).join(' ');
}

/** A text as it was before it was written in quotation marks. */
function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}

function items(reply: string): string[] {
  return reply.split('\n').map((line) => line.replace(/^\s*\d+\) /, ''));
}

/** A reply as people read it: one that is long, and the same each time, in short. */
export function replyOf(command: readonly string[], reply: string): string {
  if (command[0] === 'INFO') return `(${reply.split('\\r\\n').length} lines)`;
  const name = replyName(command);
  if (name !== undefined) return name;
  if (/SUBSCRIBE$/.test(command[0] ?? ''))
    return `channels: ${items(reply).at(-1)?.replace(/\D+/, '')}`;
  return oneLine(reply);
}

function oneLine(reply: string): string {
  return reply.replace(/\n\s*/g, ' ');
}
