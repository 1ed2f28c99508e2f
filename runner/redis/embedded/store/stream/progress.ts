import type { Group } from './group';
import { type StreamId, ZERO_ID } from './id';
import type { Stream } from './stream';

/**
 * How many entries the stream was ever given up to this id, as far as that can be told.
 * @returns undefined where entries deleted in the midst make it unknown
 */
export function countUpTo(stream: Stream, id: StreamId): bigint | undefined {
  const { added, length, lastId, firstId, maxDeletedId } = stream;
  if (added === 0n) return 0n;
  if (length === 0 && id <= lastId) return added;
  if (id >= lastId) return id === lastId ? added : undefined;
  if (maxDeletedId !== ZERO_ID && maxDeletedId >= firstId) return undefined;
  if (id < firstId) return added - BigInt(length);
  return id === firstId ? added - BigInt(length) + 1n : undefined;
}

/** The group was given this entry, the next one. */
export function advance(stream: Stream, group: Group, id: StreamId): void {
  if (group.read !== undefined && !hasGaps(stream, id)) group.read += 1n;
  else if (stream.added > 0n) group.read = countUpTo(stream, id);
  group.lastId = id;
}

/** How many entries wait to be given to the group; undefined where it cannot be told. */
export function lagOf(stream: Stream, group: Group): bigint | undefined {
  if (stream.added === 0n) return 0n;
  const known = group.read !== undefined && !hasGaps(stream, group.lastId);
  const read = known ? group.read : countUpTo(stream, group.lastId);
  return read === undefined ? undefined : stream.added - read;
}

/** Whether an entry may have been deleted from this id on, behind the first one that is there. */
function hasGaps({ length, firstId, maxDeletedId }: Stream, start: StreamId): boolean {
  return length > 0 && maxDeletedId >= firstId && start <= maxDeletedId;
}
