import { Random } from './random';

/**
 * `lex`: a sorted set whose scores are all the same, as ranges by bytes demand; `place`: one whose
 * scores are geohashes; `row`: a list and nothing else, for a set would tell of missed keys in the order
 * of a hash table.
 */
export type KeyType =
  | 'string'
  | 'list'
  | 'hash'
  | 'set'
  | 'zset'
  | 'lex'
  | 'place'
  | 'row'
  | 'stream';

const LETTERS: Record<KeyType, string> = {
  string: 's',
  list: 'l',
  hash: 'h',
  set: 't',
  zset: 'z',
  lex: 'y',
  stream: 'x',
  place: 'p',
  row: 'r',
};
const TYPES = ['string', 'list', 'hash', 'set', 'zset', 'stream'] as const;

const TEXTS = [
  'x',
  '',
  'abc',
  'hello world',
  '\x00\xff\r\n',
  'y'.repeat(70),
  '"',
  ' 1',
  '01',
  '1 ',
];
const NUMBERS = ['0', '1', '-1', '10', '7', '3.5', '-0.25', '1e3', 'inf', 'nan', '0x10', '1e400'];
const LARGE = ['9223372036854775807', '-9223372036854775808', '9223372036854775808', '4294967296'];
const SCORES = ['0', '1', '2', '3', '-1', '2.5', '-0', '0.1', '1e10', '1e-7', 'inf', '-inf', '+5'];
const MEMBERS = ['a', 'b', 'c', 'd', 'e', 'aa', 'ab', '1', '2', '3', '10', '-5', '', '\xff', 'B'];
const FIELDS = ['f', 'g', 'h', 'n', 'm', '1', '', '\x00'];

/** Makes one command. */
export type Make = (words: Words) => string[];

/** Words for commands, from spaces so small that the commands of a sequence meet. */
export class Words {
  readonly random: Random;
  /** The ms of the last id of a stream's entry. */
  #moment = 0;

  constructor(seed: number) {
    this.random = new Random(seed);
  }

  /** Mostly a key of that type; now and then another one, or one that nothing ever fills. */
  key(type: KeyType = this.random.pick<KeyType>(TYPES)): string {
    const { random } = this;
    if (type !== 'row' && random.chance(3)) return 'none';
    if (type === 'lex' || type === 'place' || type === 'row')
      return `${LETTERS[type]}${1 + random.below(2)}`;
    const chosen = random.chance(10) ? random.pick(TYPES) : type;
    return `${LETTERS[chosen]}${1 + random.below(3)}`;
  }

  keys(type?: KeyType, least = 1, most = 3): string[] {
    return this.random.several(least, most, () => this.key(type));
  }

  /** A key for SORT. Of sorted sets those without -0: one that was sorted keeps its sign in Redis. */
  sortable(): string {
    return this.random.pick(['l1', 'l2', 'l3', 't1', 't2', 't3', 'y1', 'y2', 's1', 'none']);
  }

  value(): string {
    const { random } = this;
    const from = random.pick([TEXTS, NUMBERS, NUMBERS, LARGE]);
    return random.pick(from);
  }

  /** Now and then no integer at all. */
  integer(): string {
    const { random } = this;
    if (random.chance(4)) return random.pick(['x', '1.5', '', ' 1', '+1', '01', '-0', ...LARGE]);
    return String(random.below(12) - 4);
  }

  /** Of a bit; `#1` is good for fields only. */
  bitPlace(): string {
    const { random } = this;
    if (random.chance(10)) return random.pick(['#0', '#1', '#3', '#x']);
    return random.chance(50) ? String(random.below(70)) : this.integer();
  }

  /** A key of a HyperLogLog; now and then one of something else. */
  sketch(): string {
    return this.random.chance(5) ? this.key() : `p${1 + this.random.below(3)}`;
  }

  /** Of a HyperLogLog: many of them, so that it becomes dense now and then. */
  element(): string {
    return this.random.chance(5) ? this.value() : `e${this.random.below(4000)}`;
  }

  count(): string {
    return this.random.chance(5) ? this.integer() : String(this.random.below(5));
  }

  float(): string {
    const { random } = this;
    return random.chance(4) ? random.pick(['x', '', 'nan', '1e400', '1 ']) : random.pick(NUMBERS);
  }

  score(): string {
    const { random } = this;
    return random.chance(4) ? random.pick(['x', '', 'nan', '1e400', ' 1']) : random.pick(SCORES);
  }

  scoreBound(): string {
    return (this.random.chance(30) ? '(' : '') + this.score();
  }

  lexBound(): string {
    const { random } = this;
    return random.pick(['-', '+', `[${this.member()}`, `(${this.member()}`, '[a', '(c', 'x', '']);
  }

  /** Longitude and latitude in degrees, near each other or all over the world. */
  place(): string[] {
    const { random } = this;
    if (random.chance(4)) return [this.float(), this.float()];
    const degrees = (most: number) => ((random.below(2_000_001) / 1e6 - 1) * most).toFixed(4);
    return random.chance(60)
      ? [`${13 + random.below(3)}.${random.below(1000)}`, `37.${random.below(1000)}`]
      : [degrees(180), degrees(85)];
  }

  length(): string {
    const { random } = this;
    if (random.chance(4)) return this.float();
    return String(random.below(random.pick([10, 500, 5_000, 20_000])));
  }

  unit(): string {
    return this.random.chance(3) ? 'x' : this.random.pick(['km', 'km', 'KM', 'm', 'ft', 'mi']);
  }

  member(): string {
    return this.random.pick(MEMBERS);
  }

  /** An id for a new entry, above all others so far. */
  nextId(): string {
    this.#moment += this.random.below(2);
    return this.random.pick([`${this.#moment}-*`, `${++this.#moment}`, `${++this.#moment}-5`]);
  }

  /** The id of an entry that may be there, now and then none at all. */
  id(): string {
    const { random } = this;
    if (random.chance(3)) return random.pick(['x', '0-0', '-', '5-', '18446744073709551615', '01']);
    const moment = Math.max(0, this.#moment - random.below(12));
    return `${moment}${random.pick(['', '-0', '-0', '-1', '-5', '-5', '-6'])}`;
  }

  field(): string {
    return this.random.pick(FIELDS);
  }

  side(): string {
    return this.random.chance(3) ? 'UP' : this.random.pick(['LEFT', 'RIGHT']);
  }

  end(): string {
    return this.random.chance(3) ? 'MID' : this.random.pick(['MIN', 'MAX']);
  }

  pattern(): string {
    return this.random.pick(['*', 's*', '?1', '[a-l]*', 'none', '[^s]?', '\\*', 'a*', '*1', '']);
  }

  database(): string {
    return this.random.chance(5)
      ? this.random.pick(['16', '-1', 'x'])
      : String(this.random.below(3));
  }

  /** The words, or in the other cases of a hundred nothing. */
  maybe(percent: number, ...words: string[]): string[] {
    return this.random.chance(percent) ? words : [];
  }
}
