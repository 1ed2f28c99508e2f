import { isGreeting } from '../../grading/program/greetings';
import type { Evidence, FailureClass, HttpExchange, WireEntry } from '../../grading/verdict';
import { commandText } from '../../redis/protocol/command-text';
import { isHousekeeping, toldOfJobs } from '../queue-libraries';
import { sanitizeRow } from './invisible';
import type { Screen } from './screen';
import { clip } from './transcript';
import { cut, wrap } from './wrap';

/**
 * Beside the output, what a failure of this class is understood from: the commands that Redis
 * got, or the questions and answers over HTTP. Nothing if the output says it all.
 */
export function evidenceFor(failure: FailureClass, evidence: Evidence, screen: Screen): string[] {
  if (aboutHttp.has(failure)) {
    return section('what was asked and answered', evidence.http.map(exchange), screen);
  }
  if (aboutRedis.has(failure)) {
    return section('what Redis was asked', withoutHousekeeping(evidence.wire).map(command), screen);
  }
  return [];
}

const aboutHttp = new Set<FailureClass>(['wrong-answer', 'wrong-port']);
const aboutRedis = new Set<FailureClass>(['wrong-command', 'wrong-data', 'redis-unreachable']);
const mostLines = 14;

function section(heading: string, lines: string[], screen: Screen): string[] {
  if (lines.length === 0) return [];
  const shown = clip(lines, mostLines).map((line) => {
    if (typeof line === 'number') return `${screen.glyphs.clipped} ${line} more`;
    return cut(sanitizeRow(line, screen.glyphs), screen.width - 4, screen.glyphs.ellipsis);
  });
  const head = wrap(heading, screen.width, '  ').map((line) => screen.paint('dim', line));
  return [...head, ...shown.map((line) => `    ${line}`)];
}

/** Without what the client asks by itself on every connection, and what a queue library sends for itself. */
function withoutHousekeeping(wire: readonly WireEntry[]): WireEntry[] {
  return wire.filter(
    (entry) =>
      !isGreeting(entry.command) && (toldOfJobs(entry).length > 0 || !isHousekeeping(entry)),
  );
}

function command(entry: WireEntry): string {
  const { command, reply } = entry;
  const told = toldOfJobs(entry);
  if (told.length > 0) return `${command[0]} (${told.join('; ')})`;
  return `${commandText(command)}${reply === undefined ? '' : `  ${reply.replaceAll('\n', ' ')}`}`;
}

function exchange({ request, status, body }: HttpExchange): string {
  return `${request}  ${status ?? 'no answer'}${body === undefined ? '' : `  ${body}`}`;
}
