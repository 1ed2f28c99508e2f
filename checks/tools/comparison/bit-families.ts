import type { Make, Words } from './words';

/** Rows of bits and the integers in them. */
export const bits: Make[] = [
  (w) => ['SETBIT', w.key('string'), w.bitPlace(), w.random.pick(['0', '1', '1', '2'])],
  (w) => ['GETBIT', w.key('string'), w.bitPlace()],
  (w) => ['BITCOUNT', w.key('string'), ...w.maybe(60, w.integer(), w.integer(), ...bitUnit(w))],
  (w) => [
    'BITPOS',
    w.key('string'),
    w.random.pick(['0', '1', '1', 'x']),
    ...w.maybe(70, w.integer(), ...w.maybe(70, w.integer(), ...bitUnit(w))),
  ],
  (w) => ['BITOP', w.random.pick(['AND', 'OR', 'XOR', 'NOT']), ...w.keys('string', 2, 4)],
  (w) => ['BITFIELD', w.key('string'), ...w.random.several(1, 4, () => bitStep(w)).flat()],
  (w) => ['BITFIELD_RO', w.key('string'), 'GET', bitType(w), w.bitPlace()],
];

/** HyperLogLogs, which are told apart from other strings by their first bytes. */
export const sketches: Make[] = [
  (w) => ['PFADD', w.sketch(), ...w.random.several(1, 9, () => w.element())],
  (w) => ['PFADD', w.sketch(), ...w.random.several(100, 400, () => w.element())],
  (w) => ['PFCOUNT', ...w.random.several(1, 3, () => w.sketch())],
  (w) => ['PFMERGE', ...w.random.several(1, 3, () => w.sketch())],
  (w) => ['PFDEBUG', w.random.pick(['DECODE', 'ENCODING', 'ENCODING', 'TODENSE']), w.sketch()],
  (w) => ['GET', w.sketch()],
  (w) => ['SETRANGE', w.sketch(), '4', '\x01'],
  (w) => ['DEL', w.sketch()],
];

const bitUnit: Make = (w) => w.maybe(50, w.random.pick(['BIT', 'BYTE', 'bit', 'X']));
const bitType = (w: Words) => w.random.pick(['u8', 'i8', 'u1', 'i5', 'i64', 'u63', 'u64', 'i16']);
const bitStep: Make = (w) =>
  w.random.pick([
    ['GET', bitType(w), w.bitPlace()],
    ['SET', bitType(w), w.bitPlace(), w.random.pick([w.integer(), '300', '-129'])],
    ['INCRBY', bitType(w), w.bitPlace(), w.random.pick([w.integer(), '100', '-9000'])],
    ['OVERFLOW', w.random.pick(['WRAP', 'SAT', 'FAIL'])],
  ]);
