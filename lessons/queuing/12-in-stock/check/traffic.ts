import { isWritten, type Source, type WireCommand } from '#grading';

/** What Redis got, and answered, for one product. */
export interface Traffic {
  /** The task's key for the product. */
  key: string;
  /** Because of its last reservation. */
  reserving: readonly WireCommand[];
  /** Because of the one before. */
  before: readonly WireCommand[];
  /** Because its page was asked for. */
  showing: readonly WireCommand[];
}

/** Commands that give a key a value, or count it up or down. */
const writing =
  /^(?:SET|SETEX|PSETEX|SETNX|GETSET|MSET|INCR|INCRBY|DECR|DECRBY|HSET|HMSET|HINCRBY|EVAL|DEL)$/;
const reading = /^(?:GET|MGET|HGET|HGETALL|EXISTS)$/;

export function writesOf(commands: readonly WireCommand[]): string[][] {
  return commands.map(({ words }) => words).filter(([name = '']) => writing.test(name));
}

export function readsOf(commands: readonly WireCommand[]): WireCommand[] {
  return commands.filter(({ words: [name = ''] }) => reading.test(name));
}

/** Whether Redis was asked for the product's number, and had none. */
export function isNothingHeld({ showing, key }: Traffic): boolean {
  return showing.some(({ words, reply }) => words[1] === key && reply === null);
}

/** What the number under a key means in a file, as far as its reservations show it. */
export function meaningIn(source: Source): 'left' | 'reserved' | undefined {
  if (isWritten(source, 'reserveStockById($, $ - 1)')) return 'left';
  const counts = ['reserveStockById($, $ + 1)', '$.incr($$$)', '$(client.incr)'];
  return counts.some((pattern) => isWritten(source, pattern)) ? 'reserved' : undefined;
}
