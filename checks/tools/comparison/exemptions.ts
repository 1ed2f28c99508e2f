import type { Tree } from './reply-tree';

/** How far two times of expiry may lie apart that were given as so long from now, in ms. */
const TOLERANCE = 3000;

interface Exemption {
  readonly commands: readonly string[];
  readonly reason: string;
  /** Makes equal what may differ. */
  level(tree: Tree, args: readonly string[]): Tree;
}

/** What is not compared byte for byte, and why. All else is. */
export const exemptions: readonly Exemption[] = [
  {
    commands: ['SMEMBERS', 'SINTER', 'SUNION', 'SDIFF', 'SPOP', 'SRANDMEMBER', 'KEYS'],
    reason: 'sets and databases have no order; those picked at random are all of them',
    level: sorted,
  },
  {
    commands: ['HKEYS', 'HVALS'],
    reason: 'the fields of a hash have no order',
    level: sorted,
  },
  {
    commands: ['HGETALL'],
    reason: 'the fields of a hash have no order',
    level: sortedPairs,
  },
  {
    commands: ['HRANDFIELD', 'ZRANDMEMBER'],
    reason: 'picked at random, all of them, in any order',
    level: (tree, args) => (args.length > 3 ? sortedPairs(tree) : sorted(tree)),
  },
  {
    commands: ['SCAN', 'SSCAN'],
    reason: 'a scan in one step has no order',
    level: (tree) => scanned(tree, sorted),
  },
  {
    commands: ['HSCAN', 'ZSCAN'],
    reason: 'a scan in one step has no order',
    level: (tree) => scanned(tree, sortedPairs),
  },
  {
    commands: ['DUMP'],
    reason: 'the members of a hash table have no order, and consumers of a stream have times',
    level: (tree) => (typeof tree === 'string' && /^\$[\x02\x04\x13]/.test(tree) ? '$bytes' : tree),
  },
  {
    commands: ['FUNCTION'],
    reason: 'libraries and their functions have no order, nor have those that stand in the way',
    level: (tree, [, subcommand = '']) => {
      if (typeof tree !== 'string') return withoutOrder(tree);
      return /^dump$/i.test(subcommand)
        ? `$${tree.length} bytes`
        : tree.replace(/^-ERR Function \w+ already/, '-ERR Function already');
    },
  },
  {
    commands: ['RANDOMKEY'],
    reason: 'picked at random',
    level: (tree) => (tree === '$-1' || tree === '_' ? tree : '$some key'),
  },
  {
    commands: ['SORT', 'SORT_RO'],
    reason: 'a set has no order, and those of the same weight come as they are',
    level: (tree, args) => (args.some((word) => /^(by|nosort)$/i.test(word)) ? sorted(tree) : tree),
  },
  {
    commands: ['TTL', 'EXPIRETIME'],
    reason: 'two servers get a command at two times',
    level: (tree) => asTime(tree, 1000),
  },
  {
    commands: ['PTTL', 'PEXPIRETIME'],
    reason: 'two servers get a command at two times',
    level: (tree) => asTime(tree, 1),
  },
  {
    commands: ['XPENDING', 'XINFO'],
    reason: 'two servers get a command at two times, and count the ms since the last one',
    level: withTimes,
  },
  {
    commands: ['CONFIG', 'ACL'],
    reason: 'settings and names are told in no order, and a password is made at random',
    level: (tree, args) => {
      const subcommand = `${args[0]} ${args[1]}`.toUpperCase();
      if (subcommand === 'CONFIG GET') return sortedPairs(tree);
      if (subcommand === 'ACL CAT') return sorted(tree);
      if (subcommand === 'ACL LOG') return withoutClients(tree);
      if (subcommand !== 'ACL GENPASS' || !String(tree).startsWith('$')) return tree;
      return `$password of ${tree.length - 1}`;
    },
  },
  {
    commands: ['CLIENT'],
    reason: 'clients have numbers and addresses of their own',
    level: (tree, [, subcommand = '']) =>
      /^(id|info|list)$/i.test(subcommand) && !String(tree).startsWith('-')
        ? String(tree).slice(0, 1)
        : tree,
  },
];

const byCommand = new Map(
  exemptions.flatMap((exemption) => exemption.commands.map((name) => [name, exemption] as const)),
);

/** A reply as it is compared, by {@link agree}. */
export function level(tree: Tree, args: readonly string[]): Tree {
  const name = (args[0] ?? '').toUpperCase();
  if (name === 'EVAL') return levelOfScript(tree, args);
  return byCommand.get(name)?.level(tree, args) ?? tree;
}

/** Whether two texts are the same but for the times in them. */
export function agree(one: string, other: string): boolean {
  if (one === other) return true;
  const [left, right] = [one.split(TIME), other.split(TIME)];
  return (
    left.length === right.length &&
    left.every((part, at) =>
      at % 2 === 0 ? part === right[at] : Math.abs(Number(part) - Number(right[at])) <= TOLERANCE,
    )
  );
}

const TIME = /<time (\d+)>/;

/** Scripts that hand on the reply of a command, whole or as the first of several. */
function levelOfScript(tree: Tree, [, script = '', , , ...args]: readonly string[]): Tree {
  if (script.startsWith('return redis.')) return level(tree, args);
  if (!script.startsWith('return {') || !Array.isArray(tree)) return tree;
  const [first = '', ...rest] = tree;
  return [level(first, args), ...rest];
}

function sorted(tree: Tree): Tree {
  return Array.isArray(tree) ? [...tree].sort(byText) : tree;
}

/** Arrays of arrays in an order of their own, whatever they are in. */
function withoutOrder(tree: Tree): Tree {
  if (!Array.isArray(tree)) return tree;
  const items = tree.map(withoutOrder);
  return items.every(Array.isArray) ? sorted(items) : items;
}

function sortedPairs(tree: Tree): Tree {
  if (!Array.isArray(tree)) return tree;
  // In RESP3 they may be arrays of two already, or a map.
  if (Array.isArray(tree[0])) return sorted(tree);
  const sign = tree[0] === '%' ? ['%'] : [];
  const pairs: Tree[] = [];
  for (let at = sign.length; at < tree.length; at += 2) pairs.push(tree.slice(at, at + 2));
  return [...sign, ...pairs.sort(byText)];
}

/** What ACL LOG tells, without when it was and who. */
function withoutClients(tree: Tree): Tree {
  if (!Array.isArray(tree)) return tree;
  return tree.map((one, at) =>
    /^\$(age-seconds|client-info)$/.test(String(tree[at - 1])) ? '' : withoutClients(one),
  );
}

function scanned(tree: Tree, order: (items: Tree) => Tree): Tree {
  if (!Array.isArray(tree)) return tree;
  const [cursor = '', items = ''] = tree;
  return [cursor, order(items)];
}

/** What is pending since when, and when a consumer was last seen: in ms, or as a moment. */
function withTimes(tree: Tree): Tree {
  if (!Array.isArray(tree)) return isMoment(tree) ? asTime(tree, 1) : tree;
  const isRow = tree.length === 4 && tree.slice(2).every((one) => String(one).startsWith(':'));
  return tree.map((one, at) => {
    const waited = (isRow && at === 2) || (at > 0 && tree[at - 1] === '$idle');
    return waited ? `<time ${String(one).slice(1)}>` : withTimes(one);
  });
}

function isMoment(tree: string): boolean {
  return tree.startsWith(':') && Number(tree.slice(1)) > 1e12;
}

function byText(one: Tree, other: Tree): number {
  const [left, right] = [JSON.stringify(one), JSON.stringify(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Nothing else comes in angles like these: a value in a reply has its sign in front. */
function asTime(tree: Tree, unit: number): Tree {
  const value = typeof tree === 'string' ? Number(tree.slice(1)) : Number.NaN;
  return value > 0 ? `<time ${value * unit}>` : tree;
}
