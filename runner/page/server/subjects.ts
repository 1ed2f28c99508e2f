import type { WireEntry } from '../../grading/verdict';
import { findKeys } from '../../redis/embedded/commands/key-places';
import { textsIn } from '../../redis/protocol/reply-text';
import { jobsIn } from '../../report/queue-libraries';

/**
 * What a command, its reply, or a message is about, by which it can be followed: `job 7`,
 * `channel news`, `key orders`; the first is the likeliest.
 */
export function subjectsOf(entry: WireEntry): { about?: string[] } {
  const { command, reply = '' } = entry;
  const channels = command.length > 0 ? channelsOf(command) : textsIn(reply).slice(-2, -1);
  const about = [
    ...jobsIn({ ...entry, reply }).map((job) => `job ${job}`),
    ...channels.map((channel) => `channel ${channel}`),
    ...keysOf(command).map((key) => `key ${key}`),
  ];
  return about.length > 0 ? { about } : {};
}

/** The keys among the words of a command, each once. */
export function keysOf(command: readonly string[]): string[] {
  const [name = '', sub = ''] = command.map((word) => word.toLowerCase());
  const found = findKeys(`${name}|${sub}`, command) ?? [];
  const keys = found.length > 0 ? found : (findKeys(name, command) ?? []);
  return [...new Set(keys.map(({ key }) => key))].slice(0, mostKeys);
}

/** A script of a queue library takes a dozen; a command of more is about none of them in particular. */
const mostKeys = 24;

function channelsOf([name = '', ...words]: readonly string[]): readonly string[] {
  if (name === 'PUBLISH') return words.slice(0, 1);
  return /^P?(UN)?SUBSCRIBE$/.test(name) ? words : [];
}
