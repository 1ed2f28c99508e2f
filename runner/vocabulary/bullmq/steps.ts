import type { WireEntry } from '../../grading/verdict';
import { textsIn } from '../../redis/protocol/reply-text';
import { jobKey, queueOf } from './keys';

/** What befell one job, as a command and its reply show it. */
export interface Step {
  queue: string;
  /** Undefined if it was added and Redis has given no id. */
  id: string | undefined;
  /** BullMQ's word: `added`, `active`, `progress`, `completed`, `failed`, `delayed`, `waiting`, `removed`, … */
  event: string;
  /** The data of `added`, the message of `failed`, the milliseconds of `delayed`, and what was reported. */
  detail?: string | undefined;
  /** The name that it was added under. */
  name?: string | undefined;
  /** What it was added with, as JSON, where a worker got it. */
  data?: string | undefined;
  /** Where it stands after it was added. */
  added?: 'waiting' | 'delayed';
  /** From the stream of events, which is read later than what happens. */
  heard?: true;
}

/**
 * The steps of jobs in a command of BullMQ’s and its reply: its scripts are known by their keys and
 * arguments, and its events stand in the replies of XREAD.
 */
export function stepsIn({ command, reply }: WireEntry): Step[] {
  const [name = ''] = command;
  if (reply === undefined || reply.startsWith('(error)')) return [];
  if (name === 'XREAD') return heardIn(reply);
  return name === 'EVAL' || name === 'EVALSHA' ? doneBy(command, reply) : [];
}

function heardIn(reply: string): Step[] {
  const texts = textsIn(reply);
  const queue = queueOf(texts[0] ?? '');
  if (queue === undefined) return [];
  const steps: Step[] = [];
  // Behind each entry's id stand its fields and their values by turns.
  for (let at = 1; at < texts.length; ) {
    const fields = new Map<string, string>();
    for (at += 1; at < texts.length && !/^\d+-\d+$/.test(texts[at] ?? ''); at += 2) {
      fields.set(texts[at] ?? '', texts[at + 1] ?? '');
    }
    const [event, id] = [fields.get('event'), fields.get('jobId')];
    const detail = fields.get('failedReason') ?? fields.get('data');
    if (event === undefined || id === undefined) continue;
    steps.push({ queue, id, event, detail, name: fields.get('name'), heard: true });
  }
  return steps;
}

function doneBy(command: readonly string[], reply: string): Step[] {
  const first = 3 + Number(command[2] ?? 0);
  const [keys, values] = [command.slice(3, first), command.slice(first)];
  const queue = keys.map(queueOf).find((one) => one !== undefined);
  // What a script refuses it answers with a number below zero.
  if (queue === undefined || /^\(integer\) -/.test(reply)) return [];
  const step = stepBy(queue, keys, values, reply);
  const has = (end: string) => keys.includes(`bull:${queue}:${end}`);
  // A script that brings a job to its end may give the next one with its answer.
  const next = has('active') && has('wait') ? /^2\) "(.+)"$/m.exec(reply)?.[1] : undefined;
  return [
    ...(step ? [step] : []),
    ...(next === undefined ? [] : [{ queue, id: next, event: 'active', ...takenJob(reply) }]),
  ];
}

function stepBy(
  queue: string,
  keys: readonly string[],
  values: readonly string[],
  reply: string,
): Step | undefined {
  const id = keys.map(jobKey).find((one) => one !== undefined)?.id;
  const has = (end: string) => keys.includes(`bull:${queue}:${end}`);
  if (has('id')) {
    const given = /^"(.*)"$/.exec(reply)?.[1];
    const added = has('wait') || has('prioritized') ? 'waiting' : 'delayed';
    const name = packedName(values[0] ?? '', `bull:${queue}:`);
    return { queue, id: given, event: 'added', detail: values[1], name, data: values[1], added };
  }
  if (id === undefined) return undefined;
  if (keys.length === 3 && has('events') && values.length === 2) {
    return { queue, id, event: 'progress', detail: values[1] };
  }
  if (values[2] === 'returnvalue' || values[2] === 'failedReason') {
    const detail = values[2] === 'failedReason' ? values[3] : undefined;
    return { queue, id, event: values[4] ?? '', detail };
  }
  if (has('delayed') && has('marker') && values[2] === id) {
    return { queue, id, event: 'delayed', detail: values[4] };
  }
  if (has('active') && has('wait') && values[3] === id) return { queue, id, event: 'waiting' };
  if (has('repeat') && keys.length === 2 && values[0] === id) {
    return { queue, id, event: 'removed' };
  }
  return undefined;
}

/** Name and data of the job that a worker got: the first thing in the reply are its fields. */
function takenJob(reply: string): Pick<Step, 'name' | 'data'> {
  const [fields = ''] = reply.split(/^2\) /m);
  const texts = textsIn(fields);
  const field = (name: string) => {
    const at = texts.findIndex((text, place) => place % 2 === 0 && text === name);
    return at < 0 ? undefined : texts[at + 1];
  };
  return { name: field('name'), data: field('data') };
}

/**
 * The name among the packed values of a script that adds: prefix, id, name, time, each behind a
 * byte of MessagePack that is no text, and of a long name with one more that says how long it is.
 */
function packedName(packed: string, prefix: string): string | undefined {
  const start = packed.indexOf(prefix);
  if (start < 0) return undefined;
  const name = packed.slice(start + prefix.length).split('\uFFFD')[2];
  if (name === undefined) return undefined;
  const isLong = name.length > 32 && name.charCodeAt(0) === Buffer.byteLength(name.slice(1));
  return isLong ? name.slice(1) : name;
}
