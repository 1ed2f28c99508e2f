import type { Session } from '../../engine/session';
import { CommandError } from '../../protocol/command-error';
import { toBigInteger } from '../../protocol/numbers';
import { flag, integer, OK, type Reply } from '../../protocol/reply';
import { Group } from '../../store/stream/group';
import { type StreamId, ZERO_ID } from '../../store/stream/id';
import type { Stream } from '../../store/stream/stream';
import { command, family } from '../command';
import { meetConsumer } from './consumer';
import { toBound, toId } from './ids';

/** The words after the subcommand's name. */
type Words = [key: string, group: string, ...words: string[]];

/** XGROUP and XACK: groups, their consumers, and what these have done. */
export const streamGroups = [
  family('xgroup', [
    command('xgroup|create', -5, 'write', create),
    command('xgroup|setid', -5, 'write', setId),
    command('xgroup|destroy', 4, 'write', ({ db }, [key, name]: Words) => {
      const gone = existing(db.stream(key)).groups.delete(name);
      if (gone) {
        db.signal(key);
        db.tell('xgroup-destroy', key);
      }
      return flag(gone);
    }),
    command('xgroup|createconsumer', 5, 'write', ({ db }, [key, name, consumer]: Words) => {
      const group = groupOf(existing(db.stream(key)), key, name);
      const isNew = !group.find(consumer ?? '');
      if (isNew) meetConsumer(db, key, group, consumer ?? '');
      return flag(isNew);
    }),
    command('xgroup|delconsumer', 5, 'write', ({ db }, [key, name, consumer]: Words) => {
      const group = groupOf(existing(db.stream(key)), key, name);
      const isThere = group.find(consumer ?? '') !== undefined;
      const pending = group.remove(consumer ?? '');
      if (isThere) db.tell('xgroup-delconsumer', key);
      return integer(pending);
    }),
  ]),
  command('xack', -4, 'write fast', ({ db }, [key, name, ...words]: Words) => {
    const group = db.stream(key)?.groups.get(name);
    if (!group) return integer(0);
    const ids = words.map((word) => toId(word));
    return integer(ids.filter((id) => group.release(id)).length);
  }),
];

function create({ db }: Session, [key, name, given = '', ...words]: Words): Reply {
  const { makesStream, read } = options(words, 'CREATE');
  const found = db.stream(key);
  if (!makesStream) existing(found);
  const id = toLastId(found, given);
  const stream = found ?? db.streamToFill(key);
  // A group of a stream that is there is no change of the key: WATCH does not see it.
  if (!found) db.touch(key);
  if (stream.groups.has(name)) {
    throw new CommandError('BUSYGROUP Consumer Group name already exists');
  }
  stream.groups.set(name, new Group(id, read));
  db.tell('xgroup-create', key);
  return OK;
}

function setId({ db }: Session, [key, name, given = '', ...words]: Words): Reply {
  const { read } = options(words, 'SETID');
  const stream = existing(db.stream(key));
  const group = groupOf(stream, key, name);
  // Unlike for CREATE, `-` and `+` are ids here.
  group.lastId = given === '$' ? stream.lastId : toBound(given);
  group.read = read;
  db.tell('xgroup-setid', key);
  return OK;
}

function options(words: readonly string[], subcommand: 'CREATE' | 'SETID') {
  let makesStream = false;
  let read: bigint | undefined;
  for (let at = 0; at < words.length; at += 1) {
    const word = (words[at] ?? '').toLowerCase();
    const value = words[at + 1];
    if (word === 'mkstream' && subcommand === 'CREATE') makesStream = true;
    else if (word === 'entriesread' && value !== undefined) {
      const count = toBigInteger(value);
      if (count < -1n) throw new CommandError('ERR value for ENTRIESREAD must be positive or -1');
      read = count < 0n ? undefined : count;
      at += 1;
    } else {
      throw new CommandError(
        `ERR unknown subcommand or wrong number of arguments for '${subcommand}'. Try XGROUP HELP.`,
      );
    }
  }
  return { makesStream, read };
}

/** Where a group begins: behind this entry, or with `$` behind the last one. */
function toLastId(stream: Stream | undefined, given: string): StreamId {
  return given === '$' ? (stream?.lastId ?? ZERO_ID) : toId(given);
}

function existing(stream: Stream | undefined): Stream {
  if (stream) return stream;
  throw new CommandError(
    'ERR The XGROUP subcommand requires the key to exist. Note that for CREATE you may want to use the MKSTREAM option to create an empty stream automatically.',
  );
}

function groupOf(stream: Stream, key: string, name: string): Group {
  const group = stream.groups.get(name);
  if (group) return group;
  throw new CommandError(`NOGROUP No such consumer group '${name}' for key name '${key}'`);
}
