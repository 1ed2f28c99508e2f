import type { Engine } from '../../engine/engine';
import type { Session } from '../../engine/session';
import { CommandError } from '../../protocol/command-error';
import { array, bulk, flag, integer, OK, type Reply, status } from '../../protocol/reply';
import { estimate, HASH_BITS, REGISTERS } from '../../store/hyperloglog/registers';
import { DamagedSketch, Sketch } from '../../store/hyperloglog/sketch';
import type { Keyspace } from '../../store/keyspace';
import { command } from '../command';
import { selfTest } from './self-test';

/** Counting different elements without keeping them. */
export const hyperloglog = [
  command('pfadd', -2, 'write fast', guarded(add)),
  command('pfcount', -2, 'readonly', guarded(count)),
  command('pfmerge', -2, 'write', guarded(merge)),
  command('pfdebug', 3, 'write admin', guarded(debug)),
  command('pfselftest', 1, 'admin', () => {
    selfTest();
    return OK;
  }),
];

type Run = (session: Session, words: [string, ...string[]], engine: Engine) => Reply;

function guarded(run: Run): Run {
  return (session, words, engine) => {
    try {
      return run(session, words, engine);
    } catch (error) {
      if (!(error instanceof DamagedSketch)) throw error;
      throw new CommandError('INVALIDOBJ Corrupted HLL object detected');
    }
  };
}

function add({ db }: Session, [key, ...elements]: [string, ...string[]], engine: Engine): Reply {
  const before = sketchAt(db, key, engine);
  const sketch = before ?? Sketch.empty(longest(engine));
  let changed = before === undefined;
  const keep = (event?: 'pfadd') => {
    sketch.forgetCount();
    if (changed) db.putAs('raw', key, String(sketch), event);
  };
  try {
    for (const element of elements) if (sketch.add(element)) changed = true;
  } catch (fault) {
    // Of a damaged one, what was added before the damage was met stays.
    keep();
    throw fault;
  }
  keep('pfadd');
  return flag(changed);
}

function count({ db }: Session, keys: [string, ...string[]], engine: Engine): Reply {
  if (keys.length > 1) {
    const histogram = new Array<number>(HASH_BITS + 14).fill(0);
    for (const rank of union(db, keys, engine).ranks) histogram[rank] = (histogram[rank] ?? 0) + 1;
    return integer(estimate(histogram));
  }
  const [key] = keys;
  const sketch = sketchAt(db, key, engine);
  if (!sketch) return integer(0);
  db.notes.hold(key, 'raw');
  if (sketch.knownCount !== undefined) return integer(sketch.knownCount);
  const counted = sketch.count();
  // The count is kept in the string: that is a change, though the command is called a reading one.
  db.putAs('raw', key, String(sketch));
  return integer(counted);
}

function merge({ db }: Session, keys: [string, ...string[]], engine: Engine): Reply {
  const [target, ...sources] = keys;
  // It is read like the others first, so that it is told of where it is not there.
  if (!db.holds(target)) db.tell('keymiss', target);
  const before = db.holds(target) ? sketchAt(db, target, engine) : undefined;
  const { ranks, dense } = union(db, before ? keys : sources, engine);
  const sketch = before ?? Sketch.empty(longest(engine));
  if (dense) sketch.makeDense();
  for (const [register, rank] of ranks.entries()) if (rank > 0) sketch.raise({ register, rank });
  sketch.forgetCount();
  db.putAs('raw', target, String(sketch), 'pfadd');
  return OK;
}

/** The largest rank of each register, and whether one of the sketches is dense. */
function union(db: Keyspace, keys: readonly string[], engine: Engine) {
  const ranks = new Uint8Array(REGISTERS);
  let dense = false;
  for (const key of keys) {
    const sketch = sketchAt(db, key, engine);
    if (!sketch) continue;
    if (sketch.encoding === 'dense') dense = true;
    for (const [register, rank] of sketch.ranks().entries()) {
      if (rank > (ranks[register] ?? 0)) ranks[register] = rank;
    }
  }
  return { ranks, dense };
}

function debug({ db }: Session, [given, key = '']: [string, ...string[]], engine: Engine): Reply {
  const sketch = sketchAt(db, key, engine);
  if (!sketch) throw new CommandError('ERR The specified key does not exist');
  const sparse = sketch.encoding === 'sparse';
  switch (given.toLowerCase()) {
    case 'getreg':
    case 'todense':
      if (sparse) {
        sketch.makeDense();
        db.putAs('raw', key, String(sketch));
      }
      return given.toLowerCase() === 'todense'
        ? flag(sparse)
        : array(sketch.ranks().map((rank) => integer(rank)));
    case 'encoding':
      return status(sketch.encoding);
    case 'decode':
      if (!sparse) throw new CommandError('ERR HLL encoding is not sparse');
      return bulk(
        sketch
          .runs()
          .map(({ rank, count, long }) =>
            rank > 0 ? `v:${rank},${count}` : `${long ? 'Z' : 'z'}:${count}`,
          )
          .join(' '),
      );
    default:
      throw new CommandError(`ERR Unknown PFDEBUG subcommand '${given}'`);
  }
}

/** @throws CommandError where there is something else */
function sketchAt(db: Keyspace, key: string, engine: Engine): Sketch | undefined {
  const text = db.string(key);
  if (text === undefined) return undefined;
  const sketch = Sketch.read(text, longest(engine));
  if (sketch) return sketch;
  throw new CommandError('WRONGTYPE Key is not a valid HyperLogLog string value.');
}

/** Bytes of a sparse one. */
function longest(engine: Engine): number {
  return engine.settings.number('hll-sparse-max-bytes');
}
