import type { StreamId } from './id';

/** Bytes of an id. */
const DEPTH = 16;

/**
 * How many nodes a radix tree has that holds these ids byte by byte, as XINFO STREAM tells it of the
 * tree in which Redis keeps a stream. A stretch without branches is one node.
 * @param ids in order
 */
export function treeSize(ids: readonly StreamId[]): number {
  if (ids.length === 0) return 1;
  return sizeBelow(ids.map(toBytes), 0);
}

/** @param keys in order, alike in their first `depth` characters */
function sizeBelow(keys: readonly string[], depth: number): number {
  if (depth === DEPTH) return 1;
  const [first = '', last = ''] = [keys[0], keys.at(-1)];
  let shared = depth;
  while (shared < DEPTH && first[shared] === last[shared]) shared += 1;
  if (shared > depth) return 1 + sizeBelow(keys, shared);
  let nodes = 1;
  let start = 0;
  for (let at = 1; at <= keys.length; at += 1) {
    if (at < keys.length && keys[at]?.[depth] === keys[start]?.[depth]) continue;
    nodes += sizeBelow(keys.slice(start, at), depth + 1);
    start = at;
  }
  return nodes;
}

/** Most significant byte first, a character each. */
function toBytes(id: StreamId): string {
  return Buffer.from(id.toString(16).padStart(2 * DEPTH, '0'), 'hex').toString('latin1');
}
