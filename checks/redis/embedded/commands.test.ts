import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import type { Command, Flag } from '../../../runner/redis/embedded/commands/command';
import { facts } from '../../../runner/redis/embedded/commands/facts';
import { commands } from '../../../runner/redis/embedded/commands/table';
import { suite } from '../../support/suite';
import { commandsPage, makeCommandsPage } from '../../tools/redis-commands';

/** The table of commands against what Redis tells of its own. */
const test = suite('commands');

/** Those that mean the same here and in Redis. */
const SHARED: readonly Flag[] = ['write', 'readonly', 'fast', 'admin', 'blocking', 'noscript'];

const rows = Array.from(commands.values()).flatMap((row) => [
  row,
  ...(row.subcommands?.values() ?? []),
]);

test('each command is one of Redis, with its arity and flags', () => {
  assert.equal(rows.flatMap(differencesOf), []);
});

test('there are as many as Redis has', () => {
  const names = [...facts().keys()];
  assert.is(names.filter((name) => !name.includes('|')).length, 240);
  assert.is(names.filter((name) => name.includes('|')).length, 126);
});

test('the page of all commands is up to date: npm run redis-commands', () => {
  assert.is(readFileSync(commandsPage, 'utf8'), makeCommandsPage());
});

test('the page says what is served and how the rest is refused', () => {
  const page = makeCommandsPage();
  assert.match(page, '| GET | 1.0.0 | served |');
  assert.match(page, '| CLIENT SETNAME | 2.6.9 | served |');
  assert.match(
    page,
    /\| CONFIG REWRITE \| [\d.]+ \| `ERR The server is running without a config file` \|/,
  );
});

test.run();

function differencesOf({ name, arity, flags }: Command): string[] {
  const known = facts().get(name);
  if (!known) return [`${name}: Redis has no such command`];
  const shared = (all: Iterable<string>) =>
    SHARED.filter((flag) => [...all].includes(flag)).join(' ');
  const told = [
    ['arity', known.arity, arity],
    ['flags', shared(known.flags), shared(flags)],
  ];
  return told.flatMap(([what, theirs, ours]) =>
    theirs === ours ? [] : [`${name}: ${what} ${ours}, in Redis ${theirs}`],
  );
}
