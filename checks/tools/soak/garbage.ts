import { commands } from '../../../runner/redis/embedded/commands/table';
import { families } from '../comparison/families';
import { encode } from '../comparison/line';
import type { Random } from '../comparison/random';
import { makeSequence } from '../comparison/sequence';
import { Words } from '../comparison/words';

/** Bytes for one connection, a character each, and how many commands were meant. */
export interface Garbage {
  readonly bytes: string;
  readonly commands: number;
}

/** These end the server or other clients, or empty the witness's database: they mean to. */
const LEFT_OUT = new Set([
  'shutdown',
  'flushall',
  'swapdb',
  'client',
  'config',
  'acl',
  'select',
  'move',
  'copy',
]);
const NAMES = [...commands.keys()].filter((name) => !LEFT_OUT.has(name));
const SUBCOMMANDS = [...commands.values()].flatMap(({ name, subcommands }) =>
  LEFT_OUT.has(name) ? [] : [...(subcommands?.keys() ?? [])].map((sub) => [name, sub]),
);

/** Something for a connection to send: valid commands, random ones, mutated ones, no commands. */
export function makeGarbage(random: Random): Garbage {
  const kind = random.below(20);
  if (kind === 0) return { bytes: random.bytes(1 + random.below(2000)), commands: 1 };
  if (kind === 1) return { bytes: hostile(random), commands: 1 };
  const count = 20 + random.below(150);
  const made = kind < 6 ? randomCommands(random, count) : validCommands(random, count);
  const lines = made.map((args) => (random.chance(5) ? inline(args) : encode(args)));
  const bytes = lines.join('');
  return { bytes: random.chance(50) ? mutate(bytes, random) : bytes, commands: count };
}

function validCommands(random: Random, count: number): (readonly string[])[] {
  const steps = makeSequence(random.below(2 ** 31), count);
  return steps.map(({ args }) => args).filter(([name]) => !/swapdb/i.test(name ?? ''));
}

/** A command that there is, with words of any kind. */
function randomCommands(random: Random, count: number): string[][] {
  const words = new Words(random.below(2 ** 31));
  const made: string[][] = [];
  while (made.length < count) {
    const name = random.chance(80) ? [random.pick(NAMES)] : random.pick(SUBCOMMANDS);
    made.push([...name, ...random.several(0, 6, () => word(random, words))]);
  }
  return made;
}

function word(random: Random, words: Words): string {
  switch (random.below(8)) {
    case 0:
      return random.bytes(random.below(30));
    case 1:
      return String(random.below(2 ** 31) - 2 ** 30);
    case 2:
      return random.pick(['-1', '0', '1', '18446744073709551616', '1e9999', '*', '[', '"', '']);
    case 3:
      return words.integer();
    case 4:
      return words.value();
    case 5:
      return random.pick(random.pick(families)[2])(words).at(-1) ?? '';
    default:
      return words.key();
  }
}

function inline(args: readonly string[]): string {
  return `${args.join(' ').replace(/[\r\n]/g, '')}\r\n`;
}

/** Bytes flipped, lost, doubled or put in; counts blown up; the end cut off. */
function mutate(bytes: string, random: Random): string {
  let result = bytes;
  for (let count = 1 + random.below(3); count > 0; count -= 1) {
    const at = random.below(result.length + 1);
    const end = at + random.below(20);
    const [before, after] = [result.slice(0, at), result.slice(end)];
    switch (random.below(6)) {
      case 0:
        result = before + random.bytes(end - at) + after;
        break;
      case 1:
        result = before + after;
        break;
      case 2:
        result = before + result.slice(at, end) + result.slice(at);
        break;
      case 3:
        result = `${before}${random.pick(['\r\n', '$', '*', '\0', '"', '*-1\r\n', '$-1\r\n', '*0\r\n'])}${result.slice(at)}`;
        break;
      case 4:
        result = before;
        break;
      default:
        result = before + after.replace(/([$*])\d+\r/, `$1${random.pick(COUNTS)}\r`);
    }
  }
  return result;
}

const COUNTS = ['0', '-1', '1', '999', '67108864', '67108865', '1048577', '4294967296', '1e3', ''];

/** What is known to hurt servers. */
function hostile(random: Random): string {
  const size = 1 + random.below(100_000);
  switch (random.below(8)) {
    case 0:
      return '*1\r\n'.repeat(size / 10);
    case 1:
      return `*1048576\r\n${'$1\r\nx\r\n'.repeat(size / 10)}`;
    case 2:
      return `*2\r\n$3\r\nGET\r\n$67108864\r\n${'x'.repeat(size)}`;
    case 3:
      return 'x'.repeat(size);
    case 4:
      return `$${'9'.repeat(size)}`;
    case 5:
      return `*3\r\n$3\r\nSET\r\n$3\r\nbig\r\n$${size}\r\n${'v'.repeat(size)}\r\n`;
    case 6:
      return encode(['MULTI']) + encode(['SET', 's1', 'v'.repeat(size)]).repeat(20);
    default:
      return encode(['SUBSCRIBE', ...random.several(1, 200, () => random.bytes(20))]);
  }
}
