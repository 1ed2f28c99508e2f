import { randomBytes } from 'node:crypto';
import type { AccessLog } from '../engine/access-log';
import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import { CommandError } from '../protocol/command-error';
import { toInteger } from '../protocol/numbers';
import { array, bulk, bulks, EMPTY_ARRAY, integer, OK, type Reply } from '../protocol/reply';
import { change, describe, flagsOf } from './acl-user';
import { type Command, type CommandTable, command, family, suits } from './command';
import { categories, categoriesOf } from './facts';
import { wrongSubcommand } from './wrong-subcommand';

const ADMIN = 'admin noscript';
const OPEN = 'noscript';
const NO_FILE =
  'ERR This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store users in the Redis configuration.';

/**
 * ACL: the one user there is, its passwords, and who was refused.
 * @param table looked into when a command runs, so it may be filled later
 */
export function acl(table: CommandTable): Command {
  const noFile = () => {
    throw new CommandError(NO_FILE);
  };
  return family('acl', [
    command('acl|cat', -2, OPEN, (_session, words: string[], _engine, typed) =>
      cat(table, words, typed),
    ),
    command('acl|deluser', -3, ADMIN, (_session, names: string[]) => {
      if (!names.includes('default')) return integer(0);
      throw new CommandError("ERR The 'default' user cannot be removed");
    }),
    command('acl|dryrun', -4, ADMIN, (_session, words: string[]) => tryOut(table, words)),
    command('acl|genpass', -2, OPEN, generate),
    command('acl|getuser', 3, ADMIN, getUser),
    command('acl|list', 2, ADMIN, ({ host }) => bulks([describe(host.user)])),
    command('acl|load', 2, ADMIN, noFile),
    command('acl|log', -2, ADMIN, log),
    command('acl|save', 2, ADMIN, noFile),
    command('acl|setuser', -3, ADMIN, ({ host }, [name, ...rules]: string[]) => {
      change(table, host.user, name ?? '', rules);
      return OK;
    }),
    command('acl|users', 2, ADMIN, () => bulks(['default'])),
    command('acl|whoami', 2, OPEN, () => bulk('default')),
  ]);
}

function cat(table: CommandTable, [category, ...rest]: string[], typed: string): Reply {
  if (rest.length > 0) throw wrongSubcommand('acl', typed);
  if (category === undefined) return bulks(categories);
  const wanted = category.toLowerCase();
  if (categories.has(wanted)) {
    const names = Array.from(table.values()).flatMap((row) => [
      row.name,
      ...Array.from(row.subcommands?.values() ?? [], ({ name }) => name),
    ]);
    return bulks(names.filter((name) => categoriesOf(name).includes(`@${wanted}`)));
  }
  throw new CommandError(`ERR Unknown category '${category}'`);
}

function tryOut(table: CommandTable, [user = '', name = '', ...words]: string[]): Reply {
  if (user !== 'default') throw new CommandError(`ERR User '${user}' not found`);
  const row = table.get(name.toLowerCase());
  // Without a second word it is the family itself that is tried.
  const found =
    row?.subcommands && words.length > 0
      ? row.subcommands.get((words[0] ?? '').toLowerCase())
      : row;
  if (!found) throw new CommandError(`ERR Command '${name}' not found`);
  if (suits(found, words.length + 1)) return OK;
  throw new CommandError(`ERR wrong number of arguments for '${found.name}' command`);
}

function generate(
  _session: Session,
  [given, ...rest]: string[],
  _engine: Engine,
  typed: string,
): Reply {
  if (rest.length > 0) throw wrongSubcommand('acl', typed);
  const bits = given === undefined ? 256 : toInteger(given);
  if (bits <= 0 || bits > 4096) {
    throw new CommandError(
      'ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096',
    );
  }
  const digits = Math.ceil(bits / 4);
  return bulk(
    randomBytes(Math.ceil(digits / 2))
      .toString('hex')
      .slice(0, digits),
  );
}

function getUser({ host, resp }: Session, [name]: string[]): Reply {
  if (name !== 'default') return resp.nil;
  return resp.map([
    [bulk('flags'), resp.set(bulks(flagsOf(host.user)))],
    [bulk('passwords'), bulks(host.user.passwords)],
    [bulk('commands'), bulk('+@all')],
    [bulk('keys'), bulk('~*')],
    [bulk('channels'), bulk('&*')],
    [bulk('selectors'), EMPTY_ARRAY],
  ]);
}

function log(
  { host, resp }: Session,
  [word, ...rest]: string[],
  _engine: Engine,
  typed: string,
): Reply {
  if (rest.length > 0) throw wrongSubcommand('acl', typed);
  if (word?.toLowerCase() === 'reset') {
    host.accessLog.clear();
    return OK;
  }
  const count = word === undefined ? 10 : Math.max(0, toInteger(word));
  return array(host.accessLog.refusals.slice(0, count).map((one) => entry(one, resp)));
}

function entry(one: AccessLog['refusals'][number], resp: Session['resp']): Reply {
  return resp.map([
    [bulk('count'), integer(one.count)],
    [bulk('reason'), bulk('auth')],
    [bulk('context'), bulk(one.context)],
    [bulk('object'), bulk(one.object)],
    [bulk('username'), bulk(one.username)],
    [bulk('age-seconds'), resp.double((Date.now() - one.at) / 1000)],
    [bulk('client-info'), bulk(one.client)],
  ]);
}
