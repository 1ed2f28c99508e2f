import type { BlockedRequest } from '../engine/blocking';
import type { Session } from '../engine/session';
import { CommandError } from '../protocol/command-error';
import { toExtended } from '../protocol/numbers';
import type { Reply } from '../protocol/reply';

/**
 * Answers at once from the first key that has something, or blocks.
 * @param seconds the timeout as given, 0 for none
 * @throws CommandError for a timeout that is none
 */
export function takeOrWait(
  session: Session,
  request: BlockedRequest,
  seconds: string,
): Reply | undefined {
  const ms = toTimeout(seconds);
  for (const key of request.keys) {
    const reply = request.take(key);
    if (reply !== undefined) return reply;
  }
  if (!session.mayBlock) return request.nothing;
  session.host.blocking.wait(session, request, ms);
  return undefined;
}

function toTimeout(seconds: string): number {
  const unfit = () => new CommandError('ERR timeout is not a float or out of range');
  const ms = Math.ceil(Number(toExtended(seconds, unfit)) * 1000);
  // What leaves 64 bits comes out as negative.
  if (ms < 0 || ms >= 2 ** 63) throw new CommandError('ERR timeout is negative');
  if (ms > Number.MAX_SAFE_INTEGER) throw new CommandError('ERR timeout is out of range');
  return ms;
}
