import { families } from './families';
import { readStreams } from './streams';
import { Words } from './words';

/** One command on one of the connections, which are numbered from 1. */
export interface Step {
  readonly connection: number;
  readonly args: readonly string[];
}

/** The connection that only listens: what it gets is looked at once the sequence is over. */
export const LISTENER = 9;
/** The one that gets each command by MONITOR. */
export const MONITOR = 7;
/** The one that gets the keyspace notifications. */
export const WATCHER = 8;

/** Of how many commands the families tell their shares. */
const total = families.reduce((sum, [, share]) => sum + share, 0);

const SCRIPTS = [
  'return redis.call(unpack(ARGV))',
  'return redis.pcall(unpack(ARGV))',
  'return {redis.pcall(unpack(ARGV)), redis.call("EXISTS", KEYS[1])}',
  'local r = redis.pcall(unpack(ARGV)) return type(r)',
  'redis.call("SET", KEYS[1], ARGV[1]) return redis.call("STRLEN", KEYS[1])',
];

/** A sequence of commands that a seed repeats: mostly valid ones, some that are refused. */
export function makeSequence(seed: number, length: number): Step[] {
  const words = new Words(seed);
  const steps: Step[] = [];
  while (steps.length < length) steps.push(...makeSteps(words));
  // A swap makes several keys ready at once, and Redis serves them in the order of a hash table
  // whose seed is another one each time that it starts.
  return steps.some(swaps) ? steps.map(waitingForOneKey) : steps;
}

function swaps({ args }: Step): boolean {
  return args.some((word) => word.toUpperCase() === 'SWAPDB');
}

function waitingForOneKey({ connection, args }: Step): Step {
  const [name = '', first = '', , list = ''] = args;
  if (/^(BRPOPLPUSH|BLMOVE)$/.test(name)) return { connection, args: ['BRPOP', first, '0'] };
  if (name === 'BZMPOP') return { connection, args: ['BZPOPMIN', list, '0'] };
  if (name === 'BLMPOP') return { connection, args: ['BLPOP', list, '0'] };
  const streams = args.indexOf('STREAMS') + 1;
  if (args.includes('BLOCK') && streams > 0) {
    const more = (args.length - streams) / 2 - 1;
    const kept = args.filter((_, at) => at <= streams || at === streams + 1 + more);
    return { connection, args: more > 0 ? kept : args };
  }
  if (!/^(B[LR]POP|BZPOP(MIN|MAX))$/.test(name)) return { connection, args };
  return { connection, args: [name, first, args.at(-1) ?? '0'] };
}

function makeSteps(words: Words): Step[] {
  const { random } = words;
  const connection = random.chance(80) ? 1 : 2;
  const on = (args: readonly string[], other = connection): Step => ({ connection: other, args });
  switch (random.below(60)) {
    case 0:
      return transaction(words).map((args) => on(args));
    case 1: {
      const watched = words.key();
      return [
        on(['WATCH', watched]),
        on(makeCommand(words), random.pick([1, 2])),
        ...transaction(words).map((args) => on(args)),
      ];
    }
    case 2:
    case 3:
      return [on(['EVAL', random.pick(SCRIPTS), '1', words.key(), ...makeCommand(words)])];
    case 4:
      return [on([random.pick(['DISCARD', 'EXEC', 'UNWATCH', 'MULTI', 'DISCARD', 'DISCARD'])])];
    case 5:
      return [on(listening(words), LISTENER)];
    case 6:
      return [on([random.pick(['PUBLISH', 'SPUBLISH']), channel(words), words.value()])];
    case 7:
      return [on(blocking(words), 3 + random.below(3))];
    default:
      return [on(makeCommand(words))];
  }
}

function transaction(words: Words): string[][] {
  const inside = words.random.several(1, 6, () => makeCommand(words));
  if (words.random.chance(20)) inside.push(blocking(words));
  return [['MULTI'], ...inside, [words.random.chance(90) ? 'EXEC' : 'DISCARD']];
}

function makeCommand(words: Words): string[] {
  const { random } = words;
  let place = random.below(total);
  const family = families.find(([, percent]) => {
    place -= percent;
    return place < 0;
  });
  const made = random.pick(family?.[2] ?? [])(words);
  // With fewer words these would pick at random, or scan a part.
  const whole = /^(.*RAND.*|SPOP|.*SCAN)$/.test(made[0] ?? '');
  if (!whole && random.chance(1)) return made.slice(0, -1 - random.below(made.length - 1) || 1);
  if (random.chance(1)) return [...made, words.value()];
  const [name = '', ...rest] = made;
  return [random.chance(5) ? name.toLowerCase() : name, ...rest];
}

function blocking(words: Words): string[] {
  const { random } = words;
  const seconds = random.chance(3) ? random.pick(['-1', 'x', 'inf']) : '0';
  return random.pick([
    [random.pick(['BLPOP', 'BRPOP']), ...words.keys('list'), seconds],
    ['BRPOPLPUSH', words.key('list'), words.key('list'), seconds],
    ['BLMOVE', words.key('list'), words.key('list'), words.side(), words.side(), seconds],
    ['BZMPOP', seconds, '2', words.key('zset'), words.key('zset'), words.end(), 'COUNT', '2'],
    ['BLMPOP', seconds, '2', words.key('list'), words.key('list'), words.side(), 'COUNT', '2'],
    [random.pick(['BZPOPMIN', 'BZPOPMAX']), ...words.keys('zset'), seconds],
    readStreams(words, ['BLOCK', seconds]),
    readStreams(words, ['BLOCK', seconds]),
  ]);
}

function listening(words: Words): string[] {
  const name = words.random.pick(['SUBSCRIBE', 'SUBSCRIBE', 'UNSUBSCRIBE']);
  if (words.random.chance(30)) return [`P${name}`, words.random.pick(['c*', '[ab]', 'x'])];
  return [words.random.chance(30) ? `S${name}` : name, channel(words)];
}

function channel(words: Words): string {
  return words.random.pick(['c1', 'c2', 'a']);
}
