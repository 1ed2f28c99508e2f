import type { Session } from '../../engine/session';
import { CommandError, syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { array, bulk, bulks, EMPTY_ARRAY, integer, type Reply } from '../../protocol/reply';
import type { Group } from '../../store/stream/group';
import { formatId, ZERO_ID } from '../../store/stream/id';
import { command } from '../command';
import { toEnd, toStart } from './ids';

type Words = [key: string, group: string, ...words: string[]];

/** XPENDING: what was given to consumers and not acknowledged. */
export const streamPending = command('xpending', -3, 'readonly', pending);

/** The group of that name. @throws CommandError where it or the key is not there */
export function requireGroup({ db }: Session, key: string, name: string): Group {
  const group = db.stream(key)?.groups.get(name);
  if (group) return group;
  throw noGroup(key, name);
}

export function noGroup(key: string, name: string): CommandError {
  return new CommandError(`NOGROUP No such key '${key}' or consumer group '${name}'`);
}

function pending(session: Session, [key, name, ...words]: Words): Reply {
  if (words.length === 0) return summary(session, requireGroup(session, key, name));
  if (words.length < 3 || words.length > 6) throw syntaxError();
  const [first, idle = '', ...rest] = words;
  const withIdle = first?.toLowerCase() === 'idle';
  const minIdle = withIdle ? toInteger(idle) : 0;
  if (withIdle && words.length < 5) throw syntaxError();
  const [start = '', end = '', given = '', consumer] = withIdle ? rest : words;
  const count = Math.max(0, toInteger(given));
  const [from, to] = [toStart(start), toEnd(end)];
  const group = requireGroup(session, key, name);
  const source = consumer === undefined ? group.pending : group.find(consumer)?.pending;
  const now = Date.now();
  const rows: Reply[] = [];
  if (!source) return EMPTY_ARRAY;
  for (const [id, own] of source.from(from)) {
    if (id > to || rows.length >= count) break;
    const waited = Math.max(0, now - own.deliveredAt);
    if (minIdle > 0 && waited < minIdle) continue;
    const row = [bulk(formatId(id)), bulk(own.consumer.name), integer(waited), integer(own.count)];
    rows.push(array(row));
  }
  return array(rows);
}

function summary({ resp }: Session, group: Group): Reply {
  const { size, lastId } = group.pending;
  if (lastId === undefined) return array([integer(0), resp.nil, resp.nil, resp.nilArray]);
  const [[firstId] = [ZERO_ID]] = group.pending;
  const consumers = group.consumers
    .filter((consumer) => consumer.pending.size > 0)
    .map(({ name, pending: own }) => bulks([name, String(own.size)]));
  return array([integer(size), bulk(formatId(firstId)), bulk(formatId(lastId)), array(consumers)]);
}
