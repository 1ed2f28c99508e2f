import { type DefaultUser, digestOf } from '../engine/user';
import { CommandError, untilZero } from '../protocol/command-error';
import type { CommandTable } from './command';
import { categories } from './facts';

const DIGEST = /^[0-9a-f]{64}$/;

/** The user in the words of a configuration file. */
export function describe(user: DefaultUser): string {
  const passwords = Array.from(user.passwords, (digest) => `#${digest}`);
  return ['user default', ...flagsOf(user), ...passwords, '~* &* +@all'].join(' ');
}

export function flagsOf({ enabled, nopass }: DefaultUser): string[] {
  return [enabled ? 'on' : 'off', ...(nopass ? ['nopass'] : [])];
}

/**
 * ACL SETUSER: all rules or none.
 * @throws CommandError for a rule that is none, and for one that would take a right away
 */
export function change(
  table: CommandTable,
  user: DefaultUser,
  name: string,
  rules: readonly string[],
): void {
  if (/[ \0]/.test(name)) {
    throw new CommandError("ERR Usernames can't contain spaces or null characters");
  }
  if (name !== 'default') {
    throw new CommandError("ERR The embedded Redis has one user, 'default', and makes no others");
  }
  const draft = {
    enabled: user.enabled,
    nopass: user.nopass,
    passwords: new Set(user.passwords),
  };
  for (const rule of rules) {
    const reason = rule === '' ? undefined : apply(table, draft, rule);
    if (reason) {
      throw new CommandError(`ERR Error in ACL SETUSER modifier '${untilZero(rule)}': ${reason}`);
    }
  }
  user.enabled = draft.enabled;
  user.nopass = draft.nopass;
  user.passwords.clear();
  for (const digest of draft.passwords) user.passwords.add(digest);
}

type Draft = Pick<DefaultUser, 'enabled' | 'nopass' | 'passwords'>;

const GRANTED = ['~*', 'allkeys', '&*', 'allchannels', '+@all', 'allcommands'];
const LIMITED = [
  ...['resetkeys', 'resetchannels', 'nocommands', '-@all', 'reset', 'clearselectors'],
  ...['sanitize-payload', 'skip-sanitize-payload'],
];
const SINGLE_USER = "the embedded Redis gives its user 'default' all rights";

/** @returns why the rule cannot be */
function apply(table: CommandTable, user: Draft, rule: string): string | undefined {
  const word = rule.toLowerCase();
  if (word === 'on' || word === 'off') user.enabled = word === 'on';
  else if (word === 'nopass' || word === 'resetpass') {
    user.nopass = word === 'nopass';
    user.passwords.clear();
  } else if (/^[>#]/.test(rule)) {
    const digest = rule.startsWith('>') ? digestOf(rule.slice(1)) : rule.slice(1);
    if (!DIGEST.test(digest)) return badDigest;
    user.passwords.add(digest);
    user.nopass = false;
  } else if (/^[<!]/.test(rule)) {
    const digest = rule.startsWith('<') ? digestOf(rule.slice(1)) : rule.slice(1);
    if (!DIGEST.test(digest)) return badDigest;
    if (!user.passwords.delete(digest)) {
      return 'The password you are trying to remove from the user does not exist';
    }
  } else if (!GRANTED.includes(word)) return refusalOf(table, word);
  return undefined;
}

const badDigest =
  'The password hash must be exactly 64 characters and contain only lowercase hexadecimal characters';

function refusalOf(table: CommandTable, word: string): string {
  if (/^(~|%(rw?|w)~)/.test(word)) return addedTo('pattern', 'allkeys', 'resetkeys');
  if (word.startsWith('&')) return addedTo('pattern', 'allchannels', 'resetchannels');
  const [, category, name = ''] = /^[+-](?:@(.+)|([^@].*))$/.exec(word) ?? [];
  const command = table.has(name.split('|')[0] ?? '');
  if (/^[+-]/.test(word)) {
    if (category ? categories.has(category) : command) return SINGLE_USER;
    return 'Unknown command or category name in ACL';
  }
  return LIMITED.includes(word) || word.startsWith('(') ? SINGLE_USER : 'Syntax error';
}

function addedTo(what: string, flag: string, reset: string): string {
  return `Adding a ${what} after the * pattern (or the '${flag}' flag) is not valid and does not have any effect. Try '${reset}' to start with an empty list of ${what}s`;
}
