import type { ProgramEvent } from './settings';

const shapes: Record<string, Record<string, 'string' | 'number' | 'object'>> = {
  listening: { asked: 'number', port: 'number' },
  refused: { host: 'string', port: 'number' },
  connecting: {},
  taken: { port: 'number' },
  timer: { delay: 'number' },
  error: { origin: 'string', name: 'string', message: 'string' },
  state: { question: 'number', state: 'object' },
};

/**
 * One line from a program's side. A program can write there too: what has not the shape of an
 * event is dropped.
 */
export function parseEvent(line: string): ProgramEvent | undefined {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const record = value as Record<string, unknown>;
  const shape = typeof record.event === 'string' ? shapes[record.event] : undefined;
  if (!shape) return undefined;
  // The shapes hold the words that typeof itself gives.
  const fits = Object.entries(shape).every(([key, type]) => typeof record[key] === type);
  return fits ? (record as unknown as ProgramEvent) : undefined;
}
