import { z } from 'zod';
import type { ProgramEvent } from './settings';

const count = z.number().nonnegative();
const port = z.number().int().min(0).max(65535);
const text = z.string().max(100_000);

const event = z.discriminatedUnion('event', [
  z.object({ event: z.literal('started') }),
  z.object({ event: z.literal('listening'), asked: port, port }),
  z.object({ event: z.literal('refused'), host: text, port }),
  z.object({ event: z.literal('connecting') }),
  z.object({ event: z.literal('child') }),
  z.object({ event: z.literal('taken'), port }),
  z.object({
    event: z.literal('moment'),
    moment: z.discriminatedUnion('what', [
      z.object({ what: z.literal('timer'), at: z.number(), delay: z.number() }),
      z.object({ what: z.enum(['print', 'publish']), at: z.number(), text }),
    ]),
  }),
  z.object({
    event: z.literal('error'),
    origin: text,
    name: text,
    message: text,
    code: text.exactOptional(),
    stack: text.exactOptional(),
  }),
  z.object({
    event: z.literal('state'),
    question: count,
    state: z.object({
      resources: z.array(text).max(100_000),
      timers: z.number(),
      waiting: count,
      connections: count,
      sent: count,
      received: count,
    }),
  }),
]);

/**
 * One line from a program's side.
 * @returns nothing where it is no event: then the program itself has written there
 */
export function parseEvent(line: string): ProgramEvent | undefined {
  try {
    return event.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
