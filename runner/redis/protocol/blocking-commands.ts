const blocking = new Set(
  'BLPOP BRPOP BRPOPLPUSH BLMOVE BLMPOP BZPOPMIN BZPOPMAX BZMPOP'.split(' '),
);
/** Those that wait only where BLOCK says so, before the names of the streams. */
const blockingByOption = new Set(['XREAD', 'XREADGROUP']);

/**
 * Whether Redis answers the command only when there is something to give.
 * @param words its name in upper case, and its arguments
 */
export function isBlocking([name = '', ...words]: readonly string[]): boolean {
  if (!blockingByOption.has(name)) return blocking.has(name);
  const options = words.map((word) => word.toUpperCase());
  const streams = options.indexOf('STREAMS');
  return options.slice(0, streams < 0 ? undefined : streams).includes('BLOCK');
}
