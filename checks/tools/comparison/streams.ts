import type { Make, Words } from './words';

const group = (w: Words) => w.random.pick(['g', 'g', 'g', 'h', 'none']);
const consumer = (w: Words) => w.random.pick(['c', 'd', 'E', '']);
const count: Make = (w) => w.maybe(40, 'COUNT', w.count());
/** Two servers agree about who has waited only where that is everybody or nobody. */
const idle = (w: Words) => w.random.pick(['0', '0', '0', '1000000', '-1', 'x']);
const ids: Make = (w) => w.random.several(1, 4, () => w.id());
const bound = (w: Words) => w.random.pick(['-', '+', w.id(), w.id(), `(${w.id()}`, 'x']);
const fields: Make = (w) =>
  w.random.chance(60)
    ? ['f', w.value()]
    : w.random.several(1, 3, () => [w.field(), w.value()]).flat();

const trim: Make = (w) => [
  ...w.random.pick([
    ['MAXLEN', w.random.pick(['0', '3', '10', '-1', 'x'])],
    ['MAXLEN', w.random.pick(['~', '=']), w.random.pick(['1', '5', '20'])],
    ['MINID', ...w.maybe(30, w.random.pick(['~', '='])), w.id()],
  ]),
  ...w.maybe(10, 'LIMIT', w.integer()),
];

const claimOption: Make = (w) =>
  w.random.pick([
    ['IDLE', '5000'],
    ['TIME', '5000'],
    ['RETRYCOUNT', w.count()],
    ['FORCE'],
    ['FORCE'],
    ['JUSTID'],
    ['LASTID', w.id()],
  ]);

/** XREAD or XREADGROUP. @param options such as BLOCK and its time */
export function readStreams(w: Words, options: readonly string[]): string[] {
  const all = w.keys('stream', 1, 2);
  if (w.random.chance(40)) {
    const from = all.map(() => w.random.pick(['$', '$', '0', w.id()]));
    return ['XREAD', ...count(w), ...options, 'STREAMS', ...all, ...from];
  }
  const from = all.map(() => w.random.pick(['>', '>', '>', '>', '0', w.id()]));
  const who = ['GROUP', group(w), consumer(w)];
  const noAck = w.maybe(15, 'NOACK');
  return ['XREADGROUP', ...who, ...count(w), ...options, ...noAck, 'STREAMS', ...all, ...from];
}

export const streams: Make[] = [
  (w) => ['XADD', w.key('stream'), ...w.maybe(15, 'NOMKSTREAM'), w.nextId(), ...fields(w)],
  (w) => ['XADD', w.key('stream'), w.nextId(), ...fields(w)],
  (w) => ['XADD', w.key('stream'), ...w.maybe(40, ...trim(w)), w.nextId(), ...fields(w)],
  (w) => ['XADD', w.key('stream'), w.id(), ...fields(w)],
  (w) => ['XLEN', w.key('stream')],
  (w) => ['XRANGE', w.key('stream'), bound(w), bound(w), ...count(w)],
  (w) => ['XREVRANGE', w.key('stream'), bound(w), bound(w), ...count(w)],
  (w) => ['XDEL', w.key('stream'), ...ids(w)],
  (w) => ['XTRIM', w.key('stream'), ...trim(w)],
  (w) => [
    'XSETID',
    w.key('stream'),
    w.random.pick([w.id(), w.nextId()]),
    ...w.maybe(30, 'ENTRIESADDED', w.integer()),
    ...w.maybe(30, 'MAXDELETEDID', w.id()),
  ],
  (w) => readStreams(w, []),
  (w) => readStreams(w, []),
  (w) => readStreams(w, []),
  (w) => [
    'XGROUP',
    'CREATE',
    w.key('stream'),
    group(w),
    w.random.pick(['0', '$', w.id()]),
    ...w.maybe(50, 'MKSTREAM'),
    ...w.maybe(10, 'ENTRIESREAD', w.integer()),
  ],
  (w) => ['XGROUP', 'CREATE', w.key('stream'), 'g', '0'],
  (w) => [
    'XGROUP',
    'SETID',
    w.key('stream'),
    group(w),
    w.random.pick(['0', '$', w.id()]),
    ...w.maybe(20, 'ENTRIESREAD', w.integer()),
  ],
  (w) => ['XGROUP', 'DESTROY', w.key('stream'), group(w)],
  (w) => [
    'XGROUP',
    w.random.pick(['CREATECONSUMER', 'DELCONSUMER']),
    w.key('stream'),
    group(w),
    consumer(w),
  ],
  (w) => ['XACK', w.key('stream'), group(w), ...ids(w)],
  (w) => ['XPENDING', w.key('stream'), group(w)],
  (w) => [
    'XPENDING',
    w.key('stream'),
    group(w),
    ...w.maybe(20, 'IDLE', w.random.pick(['0', '1000000', 'x'])),
    bound(w),
    bound(w),
    w.count(),
    ...w.maybe(40, consumer(w)),
  ],
  (w) => ['XPENDING', w.key('stream'), group(w), '-', '+', '10'],
  (w) => [
    'XCLAIM',
    w.key('stream'),
    group(w),
    consumer(w),
    idle(w),
    ...ids(w),
    ...w.random.several(0, 2, () => claimOption(w)).flat(),
  ],
  (w) => [
    'XAUTOCLAIM',
    w.key('stream'),
    group(w),
    consumer(w),
    idle(w),
    w.random.pick(['0', '-', bound(w)]),
    ...count(w),
    ...w.maybe(30, 'JUSTID'),
  ],
  (w) => ['XINFO', 'STREAM', w.key('stream'), ...w.maybe(50, 'FULL', ...count(w))],
  (w) => ['XINFO', 'GROUPS', w.key('stream')],
  (w) => ['XINFO', 'CONSUMERS', w.key('stream'), group(w)],
];
