/*
 * Writes what a real Redis tells of its commands by COMMAND and COMMAND DOCS, as the table of the
 * embedded one that says which there are: numbers, names and flags, and none of the sentences.
 *
 *   npm run command-facts
 */
import { writeFileSync } from 'node:fs';
import { factsFile } from '../../runner/redis/embedded/commands/facts';
import { startRealRedis } from '../redis/embedded/conformance/real';
import { Line } from './comparison/line';
import type { Tree } from './comparison/reply-tree';

const HEADING = [
  '# What Redis tells of its commands; made by `npm run command-facts`. Separated by tabs:',
  '# name, arity, flags, keys (first last step), ACL categories, tips, key specifications',
  '# (flags|where to begin|how to go on, `;` between), since, group, complexity, deprecated since.',
];

async function main(): Promise<void> {
  const real = await startRealRedis();
  if (!real) throw new Error('there is no redis-server on the PATH to ask');
  let came = () => {};
  const line = await Line.open(real.place, () => came());
  await new Promise<void>((resolve) => {
    came = () => line.replies.length === 2 && resolve();
    line.send([['COMMAND'], ['COMMAND', 'DOCS']]);
  });
  const [commands = [], docs = []] = line.replies;
  line.close();
  await real.stop();
  const rows = items(commands).flatMap((row) => rowsOf(row, docsByName(docs)));
  writeFileSync(factsFile, `${[...HEADING, ...rows.sort()].join('\n')}\n`);
  console.log(`${rows.length} commands and subcommands of Redis ${real.version}`);
}

/** A command's line and those of its subcommands. */
function rowsOf(row: Tree, docs: ReadonlyMap<string, Tree>): string[] {
  const [name = '', arity = '', flags = [], ...rest] = items(row);
  const [first, last, step, categories = [], tips = [], specs = [], subcommands = []] = rest;
  const own = docs.get(text(name)) ?? [];
  const told = docsByName(own);
  const line = [
    text(name),
    text(arity),
    words(flags),
    [first, last, step].map((place = '') => text(place)).join(' '),
    words(categories),
    words(tips),
    items(specs).map(specOf).join(';'),
    text(told.get('since') ?? ''),
    text(told.get('group') ?? ''),
    // Only the class of it: what its letters mean is told in a sentence.
    /O\((?:[^()]|\([^()]*\))*\)/.exec(text(told.get('complexity') ?? ''))?.[0] ?? '',
    text(told.get('deprecated_since') ?? ''),
  ].join('\t');
  const below = docsByName(told.get('subcommands') ?? []);
  return [line, ...items(subcommands).flatMap((one) => rowsOf(one, below))];
}

/** `RW update|index 1|range 0 1 0` */
function specOf(spec: Tree): string {
  const parts = docsByName(spec);
  const step = (name: string) => {
    const inner = docsByName(parts.get(name) ?? []);
    const values = items(inner.get('spec') ?? []).filter((_, at) => at % 2 === 1);
    return [text(inner.get('type') ?? ''), ...values.map(text)].join(' ');
  };
  return [words(parts.get('flags') ?? []), step('begin_search'), step('find_keys')].join('|');
}

/** A flat list of names and what belongs to them. */
function docsByName(tree: Tree): Map<string, Tree> {
  const list = items(tree);
  const pairs = new Map<string, Tree>();
  for (let at = 0; at + 1 < list.length; at += 2)
    pairs.set(text(list[at] ?? ''), list[at + 1] ?? []);
  return pairs;
}

function items(tree: Tree): Tree[] {
  return Array.isArray(tree) ? tree : [];
}

function words(tree: Tree): string {
  return items(tree).map(text).join(' ');
}

/** A scalar without its type's sign. */
function text(tree: Tree): string {
  return typeof tree === 'string' ? tree.slice(1) : '';
}

void main();
