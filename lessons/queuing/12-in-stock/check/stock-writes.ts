import { commandText, type NextStep, quote } from '#grading';

/** Commands that give a key a value, or count it up or down. */
const writing = /^(?:SET|SETEX|PSETEX|SETNX|GETSET|MSET|INCR|INCRBY|DECR|DECRBY|HSET|HINCRBY)$/;

/**
 * Why a reservation does not show, from what Redis got because of it.
 * @param commands those since the reservation was asked for
 * @param key the product's
 * @returns the command, the end of a sentence, and the next step; nothing if the commands show no reason
 */
export function whyItStays(
  commands: readonly string[][],
  key: string,
): { why: string; next: NextStep; write: string[] } | undefined {
  const writes = commands.filter(([name = '']) => writing.test(name));
  const [write] = writes;
  if (!write) return undefined;
  if (writes.some((words) => words[1] === key && isCount(words)))
    return whereItIsRead(commands, key);
  const got = `: Redis got ${quote(commandText(write))}`;
  const [, written, ...values] = write;
  if (written !== key && values.includes(key)) {
    return { write, why: got, next: `Give the key first, then the number: set('${key}', …).` };
  }
  if (written !== key) {
    return {
      write,
      why: `${got}, and the product’s key is ${quote(key)}`,
      next: 'Set the key item.ITEM_ID in reserveStockById, with the id of this product, and read the same one.',
    };
  }
  return {
    write,
    why: `${got}, which is no number`,
    next: /Promise/.test(values.join(' '))
      ? 'Await getCurrentReservedStockById before you count with it: what it gives at once is a promise.'
      : 'Look at what it is counted from: a number, awaited, and 0 where the key is not set yet.',
  };
}

/** The key is written, and another one read. */
function whereItIsRead(commands: readonly string[][], key: string) {
  const reads = commands.filter(([name]) => name === 'GET');
  const [read] = reads;
  if (!read || reads.some((words) => words[1] === key)) return undefined;
  return {
    write: read,
    why: `: it is written under ${quote(key)}, and read by ${quote(commandText(read))}`,
    next: 'Read the key that reserveStockById sets: item.ITEM_ID, with the id of this product.',
  };
}

/** Whether what it writes is a number, as far as it can be seen. */
function isCount([name, , value = '']: readonly string[]): boolean {
  return name !== 'SET' || /^-?\d+$/.test(value);
}
