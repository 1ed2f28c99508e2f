import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from './command';

/** Where to look for keys among the words of a command, and how each is used. */
export interface KeySpec {
  /** `RO`, `RW`, `OW` or `RM`, then such as `access`, `update`, `variable_flags`. */
  readonly flags: readonly string[];
  /** `index PLACE`, `keyword WORD PLACE` or `unknown` */
  readonly begin: readonly string[];
  /** `range LAST STEP LIMIT`, `keynum PLACE FIRST STEP` or `unknown` */
  readonly find: readonly string[];
}

/** What a Redis of version 7.0 tells of a command or of a subcommand, whether it is served here or not. */
export interface Facts {
  readonly name: string;
  readonly arity: number;
  readonly flags: readonly string[];
  readonly keys: readonly number[];
  /** With their `@`. */
  readonly categories: readonly string[];
  readonly tips: readonly string[];
  readonly specs: readonly KeySpec[];
  readonly since: string;
  readonly group: string;
  /** Its class, as `O(N)`; empty where there is none. */
  readonly complexity: string;
  readonly deprecatedSince: string;
}

/** Made by checks/tools/make-command-facts.ts. */
export const factsFile = path.join(__dirname, 'facts.tsv');

let known: ReadonlyMap<string, Facts> | undefined;

/** Every command of Redis 7.0 by its name in lower case; subcommands as `client|setname`. */
export function facts(): ReadonlyMap<string, Facts> {
  // Read when first asked for, and not at the start: most instances are never asked.
  known ??= read();
  return known;
}

/** All categories of ACL, in the order of ACL CAT. */
export const categories: ReadonlySet<string> = new Set([
  ...['keyspace', 'read', 'write', 'set', 'sortedset', 'list', 'hash', 'string', 'bitmap'],
  ...['hyperloglog', 'geo', 'stream', 'pubsub', 'admin', 'fast', 'slow', 'blocking', 'dangerous'],
  ...['connection', 'transaction', 'scripting'],
]);

/** The categories of ACL that a command is in, with their `@`; none for one that Redis has not. */
export function categoriesOf(name: string): readonly string[] {
  return facts().get(name)?.categories ?? [];
}

/** What Redis tells of a row of the table; of one that is not among its commands, what the row says. */
export function factsOf({ name, arity, flags }: Command): Facts {
  const none = { categories: [], tips: [], specs: [], since: '', group: '', complexity: '' };
  const keys = [0, 0, 0];
  return (
    facts().get(name) ?? { name, arity, flags: [...flags], keys, ...none, deprecatedSince: '' }
  );
}

function read(): Map<string, Facts> {
  const found = new Map<string, Facts>();
  for (const line of readFileSync(factsFile, 'utf8').split('\n')) {
    if (line === '' || line.startsWith('#')) continue;
    const [name = '', arity, flags, keys, categories, tips, specs, ...docs] = line.split('\t');
    const [since = '', group = '', complexity = '', deprecatedSince = ''] = docs;
    found.set(name, {
      name,
      arity: Number(arity),
      flags: words(flags),
      keys: words(keys).map(Number),
      categories: words(categories),
      tips: words(tips),
      specs: words(specs, ';').map(toSpec),
      since,
      group,
      complexity,
      deprecatedSince,
    });
  }
  return found;
}

function toSpec(text: string): KeySpec {
  const [flags, begin, find] = text.split('|');
  return { flags: words(flags), begin: words(begin), find: words(find) };
}

function words(text = '', between = ' '): string[] {
  return text.split(between).filter(Boolean);
}
