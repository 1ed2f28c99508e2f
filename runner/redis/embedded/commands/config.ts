import path from 'node:path';
import { defaultFileName } from '../../default-file-name';
import type { Engine } from '../engine/engine';
import { QUERY_LIMIT } from '../engine/limits';
import type { Session } from '../engine/session';
import { CommandError, wrongArity } from '../protocol/command-error';
import { bulk, OK, type Reply } from '../protocol/reply';
import { matches } from '../store/glob';
import { command, family, NO_KEYS } from './command';

/** Settings that can be looked at, with what a Redis starts with; most change nothing here. */
const DEFAULTS: Readonly<Record<string, string>> = {
  appendonly: 'no',
  bind: '127.0.0.1',
  'client-output-buffer-limit':
    'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
  'client-query-buffer-limit': String(QUERY_LIMIT),
  databases: '16',
  'hash-max-listpack-entries': '128',
  loglevel: 'notice',
  maxclients: '10000',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  'notify-keyspace-events': '',
  'proto-max-bulk-len': '67108864',
  requirepass: '',
  'slowlog-log-slower-than': '10000',
  'slowlog-max-len': '128',
  'tcp-keepalive': '300',
  timeout: '0',
};

const FIXED = new Set(['bind', 'databases', 'dir', 'dbfilename', 'port', 'requirepass']);

/** CONFIG: looking at the settings and changing those that can be. */
export const config = family('config', [
  command('config|get', -3, 'admin noscript', NO_KEYS, ({ resp }, patterns: string[], engine) => {
    const found = Object.entries(settingsOf(engine)).filter(([name]) =>
      patterns.some((pattern) => matches(pattern.toLowerCase(), name)),
    );
    return resp.map(found.map(([name, value]) => [bulk(name), bulk(value)]));
  }),
  command('config|set', -4, 'admin noscript', NO_KEYS, set),
  command('config|resetstat', 2, 'admin noscript', NO_KEYS, (_session, _words, engine) => {
    engine.processed = 0;
    engine.connections = 0;
    return OK;
  }),
  command('config|rewrite', 2, 'admin noscript', NO_KEYS, () => {
    throw new CommandError('ERR The server is running without a config file');
  }),
]);

function settingsOf({ persistence, port, settings }: Engine): Record<string, string> {
  const { file } = persistence;
  return {
    ...DEFAULTS,
    dir: file === undefined ? process.cwd() : path.dirname(path.resolve(file)),
    dbfilename: file === undefined ? defaultFileName : path.basename(file),
    port: String(port),
    save: file === undefined ? '' : '3600 1 300 100 60 10000',
    ...Object.fromEntries(settings),
  };
}

function set(_session: Session, words: string[], engine: Engine): Reply {
  if (words.length % 2 !== 0) throw wrongArity('config|set');
  const known = settingsOf(engine);
  for (let at = 0; at < words.length; at += 2) {
    const given = words[at] ?? '';
    const name = given.toLowerCase();
    if (!(name in known)) {
      throw new CommandError(
        `ERR Unknown option or number of arguments for CONFIG SET - '${given}'`,
      );
    }
    if (FIXED.has(name)) {
      throw new CommandError(
        `ERR CONFIG SET failed (possibly related to argument '${given}') - can't set ${name === 'dir' || name === 'dbfilename' ? 'protected' : 'immutable'} config`,
      );
    }
  }
  for (let at = 0; at < words.length; at += 2) {
    engine.settings.set((words[at] ?? '').toLowerCase(), words[at + 1] ?? '');
  }
  return OK;
}
