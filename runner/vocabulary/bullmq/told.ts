import type { WireEntry } from '../../grading/verdict';
import { jobKey, queueOf } from './keys';

/**
 * What a command of BullMQ’s and its reply tell of jobs, a line each: its scripts are known by
 * their keys and arguments, and its events stand in the replies of XREAD.
 */
export function told({ command, reply }: WireEntry): string[] {
  const [name = ''] = command;
  if (reply === undefined || reply.startsWith('(error)')) return [];
  if (name === 'XREAD') return eventsIn(reply);
  return name === 'EVAL' || name === 'EVALSHA' ? toldByScript(command, reply) : [];
}

function eventsIn(reply: string): string[] {
  const texts = Array.from(reply.matchAll(/"(?:[^"\\]|\\.)*"/g), ([quoted]) => unquoted(quoted));
  const queue = queueOf(texts[0] ?? '');
  if (queue === undefined) return [];
  const lines: string[] = [];
  // Behind each entry's id stand its fields and their values by turns.
  for (let at = 1; at < texts.length; ) {
    const fields = new Map<string, string>();
    for (at += 1; at < texts.length && !/^\d+-\d+$/.test(texts[at] ?? ''); at += 2) {
      fields.set(texts[at] ?? '', texts[at + 1] ?? '');
    }
    const line = eventLine(fields);
    if (line !== undefined) lines.push(`${line} on ${queue}`);
  }
  return lines;
}

function eventLine(fields: ReadonlyMap<string, string>): string | undefined {
  const [event, id] = [fields.get('event'), fields.get('jobId')];
  if (event === undefined || id === undefined) return undefined;
  const detail = fields.get('failedReason') ?? fields.get('data');
  return `job ${id}: ${event}${detail === undefined ? '' : ` ${detail}`}`;
}

function toldByScript(command: readonly string[], reply: string): string[] {
  const first = 3 + Number(command[2] ?? 0);
  const [keys, values] = [command.slice(3, first), command.slice(first)];
  const id = keys.map(jobKey).find((one) => one !== undefined)?.id;
  const has = (end: string) => keys.some((key) => key.endsWith(`:${end}`));
  const lines: string[] = [];
  if (keys.some((key) => queueOf(key) !== undefined && key.endsWith(':id'))) {
    const given = /^"(.*)"$/.exec(reply)?.[1];
    lines.push(`job${given === undefined ? '' : ` ${given}`}: added ${values[1] ?? ''}`.trim());
  } else if (id !== undefined && keys.length === 3 && has('events') && values.length === 2) {
    lines.push(`job ${id}: progress ${values[1]}`);
  } else if (id !== undefined && (values[2] === 'returnvalue' || values[2] === 'failedReason')) {
    const detail = values[2] === 'failedReason' ? ` ${values[3]}` : '';
    lines.push(`job ${id}: ${values[4]}${detail}`);
  } else if (id !== undefined && has('delayed') && has('marker') && values[2] === id) {
    lines.push(`job ${id}: tried again in ${values[4]} ms`);
  }
  // A script that brings a job to its end may give the next one with its answer.
  const next = has('active') && has('wait') ? /^2\) "(.+)"$/m.exec(reply)?.[1] : undefined;
  return next === undefined ? lines : [...lines, `job ${next}: active`];
}

function unquoted(text: string): string {
  const bytes = text
    .slice(1, -1)
    .replace(/\\x([0-9a-f]{2})|\\(.)/g, (_, hex?: string, one = '') =>
      hex === undefined
        ? ({ n: '\n', r: '\r', t: '\t' }[String(one)] ?? String(one))
        : String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return Buffer.from(bytes, 'latin1').toString();
}
