const blocking = new Set(
  'BLPOP BRPOP BRPOPLPUSH BLMOVE BLMPOP BZPOPMIN BZPOPMAX BZMPOP'.split(' '),
);

/**
 * Whether Redis answers the command only when there is something to give.
 * @param name in upper case
 */
export function isBlocking(name: string): boolean {
  return blocking.has(name);
}
