import type { Make } from './words';

/** Values as bytes, which go to another key by a script: only it can hand them on. */
export const serialization: Make[] = [
  (w) => ['DUMP', w.key()],
  (w) => [
    'EVAL',
    'return redis.pcall("RESTORE", KEYS[2], ARGV[1], redis.call("DUMP", KEYS[1]) or "none", unpack(ARGV, 2))',
    '2',
    w.key(),
    w.key(),
    w.random.pick(['0', '0', '0', '5000000', '-1', 'x']),
    ...w.maybe(70, 'REPLACE'),
    ...w.maybe(10, 'IDLETIME', w.integer()),
    ...w.maybe(10, 'FREQ', w.integer()),
    ...w.maybe(5, 'X'),
  ],
  (w) => ['RESTORE', w.key(), '0', w.value(), ...w.maybe(50, 'REPLACE')],
];
