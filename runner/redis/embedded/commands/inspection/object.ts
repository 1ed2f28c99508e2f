import type { Engine } from '../../engine/engine';
import type { Session } from '../../engine/session';
import { CommandError } from '../../protocol/command-error';
import { bulk, integer, type Reply } from '../../protocol/reply';
import { encodingOf } from '../../store/encoding';
import { command, family } from '../command';

/** Redis holds these small numbers once for all keys, and counts no references to them. */
const SHARED_NUMBERS = 10_000;
const SHARED_REFERENCES = 2 ** 31 - 1;
type Key = [key: string];

/** Looking at how a value is kept, by the rules of Redis rather than of what holds it here. */
export const object = family('object', [
  command('object|encoding', 3, 'readonly', encoding),
  command('object|refcount', 3, 'readonly', references),
  command('object|idletime', 3, 'readonly', idle),
  command('object|freq', 3, 'readonly', frequency),
]);

function encoding({ db, resp }: Session, [key]: Key, { settings }: Engine): Reply {
  const value = db.peek(key);
  return value === undefined ? resp.nil : bulk(encodingOf(value, settings, db.notes.form(key)));
}

function references({ db, resp }: Session, [key]: Key, { settings }: Engine): Reply {
  const value = db.peek(key);
  if (value === undefined) return resp.nil;
  const isNumber = encodingOf(value, settings, db.notes.form(key)) === 'int';
  const isShared = isNumber && Number(value) >= 0 && Number(value) < SHARED_NUMBERS;
  return integer(isShared ? SHARED_REFERENCES : 1);
}

function idle({ db, resp }: Session, [key]: Key): Reply {
  return db.holds(key) ? integer(db.notes.idle(key)) : resp.nil;
}

/** It is known under policies only that evict keys, which this server does not. */
function frequency({ db, resp }: Session, [key]: Key): Reply {
  if (!db.holds(key)) return resp.nil;
  throw new CommandError(
    'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
  );
}
