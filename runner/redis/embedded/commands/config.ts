import type { Engine } from '../engine/engine';
import type { Session } from '../engine/session';
import { CommandError, syntaxError } from '../protocol/command-error';
import { bulk, OK, type Reply } from '../protocol/reply';
import { matches } from '../store/glob';
import { command, family } from './command';

/** CONFIG: looking at the settings and changing those that can be. */
export const config = family('config', [
  command('config|get', -3, 'admin noscript', get),
  command('config|set', -4, 'admin noscript', set),
  command('config|resetstat', 2, 'admin noscript', resetStatistics),
  command('config|rewrite', 2, 'admin noscript', () => {
    throw new CommandError('ERR The server is running without a config file');
  }),
]);

/** A name is shown as it was written, and what a pattern finds by its own name. */
function get({ resp }: Session, patterns: string[], { settings }: Engine): Reply {
  const all = new Map(settings.entries());
  const found = new Map<string, string>();
  for (const pattern of patterns) {
    const lower = pattern.toLowerCase();
    if (/[[*?]/.test(pattern)) {
      for (const [name, value] of all) if (matches(lower, name)) found.set(name, value);
    } else {
      const value = all.get(lower);
      const shown = Array.from(found.keys()).some((name) => name.toLowerCase() === lower);
      if (value !== undefined && !shown) found.set(pattern, value);
    }
  }
  return resp.map(Array.from(found, ([name, value]) => [bulk(name), bulk(value)]));
}

function set(_session: Session, words: string[], { settings }: Engine): Reply {
  if (words.length % 2 !== 0) throw syntaxError();
  const pairs: [string, string][] = [];
  for (let at = 0; at < words.length; at += 2) pairs.push([words[at] ?? '', words[at + 1] ?? '']);
  settings.set(pairs);
  return OK;
}

function resetStatistics(_session: Session, _words: string[], engine: Engine): Reply {
  engine.statistics.reset();
  return OK;
}
