import * as v from 'valibot';
import type { ProgramEvent } from './settings';

const count = v.pipe(v.number(), v.minValue(0));
const port = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(65535));
const text = v.pipe(v.string(), v.maxLength(100_000));

const event = v.variant('event', [
  // Its reader has a schema of its own.
  v.object({ event: v.literal('told'), value: v.unknown() }),
  v.object({ event: v.literal('started') }),
  v.object({ event: v.literal('listening'), asked: port, socket: v.pipe(count, v.safeInteger()) }),
  v.object({ event: v.literal('elsewhere'), host: text, port }),
  v.object({ event: v.literal('connecting') }),
  v.object({ event: v.literal('ending'), code: count, leftOpen: count }),
  v.object({ event: v.literal('child') }),
  v.object({ event: v.literal('taken'), port }),
  v.object({
    event: v.literal('moment'),
    moment: v.variant('what', [
      v.object({ what: v.literal('timer'), at: v.number(), delay: v.number() }),
      v.object({ what: v.picklist(['print', 'publish']), at: v.number(), text }),
    ]),
  }),
  v.object({
    event: v.literal('error'),
    origin: text,
    name: text,
    message: text,
    code: v.exactOptional(text),
    stack: v.exactOptional(text),
  }),
  v.object({
    event: v.literal('state'),
    question: count,
    state: v.object({
      resources: v.pipe(v.array(text), v.maxLength(100_000)),
      timers: v.number(),
      waiting: count,
      servers: count,
      connections: count,
      sent: count,
      received: count,
    }),
  }),
]);

/**
 * What a program's side tells in one line.
 * @returns nothing where it is no event: then the program itself has written there
 */
export function parseEvent(text: string | undefined): ProgramEvent | undefined {
  if (text === undefined) return undefined;
  try {
    return v.parse(event, JSON.parse(text));
  } catch {
    return undefined;
  }
}
