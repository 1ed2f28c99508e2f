/*
 * Writes docs/redis-commands.md: every command of Redis 7.0 and what the embedded Redis does with
 * it, by its own table of commands.
 *
 *   npm run redis-commands
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Command } from '../../runner/redis/embedded/commands/command';
import { resolve } from '../../runner/redis/embedded/commands/dispatch';
import { type Facts, facts } from '../../runner/redis/embedded/commands/facts';
import { commands } from '../../runner/redis/embedded/commands/table';
import { CommandError } from '../../runner/redis/embedded/protocol/command-error';

export const commandsPage = path.resolve(__dirname, '../../docs/redis-commands.md');

/** The page as the code has it now. */
export function makeCommandsPage(): string {
  const all = [...facts().values()];
  const groups = [...new Set(all.map(({ group }) => group))].sort();
  const isSubcommand = ({ name }: Facts) => name.includes('|');
  const share = (rows: readonly Facts[]) =>
    `${rows.filter(({ name }) => refusalOf(name) === undefined).length} of ${rows.length}`;
  return `${[
    '# Commands of the embedded Redis',
    '',
    'Every command of Redis 7.0 and what the embedded Redis does with it. This page is made from the',
    'code by `npm run redis-commands`; the names come from a real server, by `npm run command-facts`.',
    '',
    `Served: ${share(all.filter((row) => !isSubcommand(row)))} commands and ${share(all.filter(isSubcommand))} subcommands.`,
    '',
    'A command that is served answers as Redis does, byte for byte, in RESP2 and RESP3; what differs',
    'is listed in `checks/redis/embedded/conformance/difference.ts` and in',
    '`checks/tools/comparison/exemptions.ts`. One that is not answers the error that stands beside it.',
    'HELP of a family of commands has the form of the replies of Redis and sentences of our own, as have',
    'the summaries of COMMAND DOCS.',
    ...groups.flatMap((group) =>
      section(
        group,
        all.filter((row) => row.group === group),
      ),
    ),
  ].join('\n')}\n`;
}

function section(group: string, rows: readonly Facts[]): string[] {
  const lines = rows.map(({ name, since }) => {
    const refusal = refusalOf(name);
    const answer = refusal === undefined ? 'served' : `\`${refusal}\``;
    return `| ${name.replace('|', ' ').toUpperCase()} | ${since} | ${answer} |`;
  });
  return ['', `## ${group}`, '', '| command | since | here |', '|---|---|---|', ...lines];
}

/** The error that a command answers whatever its arguments are; undefined for one that is served. */
function refusalOf(name: string): string | undefined {
  const row = rowOf(name);
  try {
    if (!row) resolve(commands, name.toUpperCase().split('|'));
    // A handler that looks at nothing and throws, throws always.
    else if (row.run.length === 0) (row.run as () => unknown)();
  } catch (fault) {
    if (fault instanceof CommandError) return fault.message.trim();
    throw fault;
  }
  return undefined;
}

function rowOf(name: string): Command | undefined {
  const [first = '', second] = name.split('|');
  const row = commands.get(first);
  return second === undefined ? row : row?.subcommands?.get(second);
}

if (require.main === module) writeFileSync(commandsPage, makeCommandsPage());
