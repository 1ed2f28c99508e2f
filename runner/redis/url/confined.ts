/**
 * Tells whether a command reaches beyond the one database of a server that is not ours: other
 * databases, its settings, its life, its other clients.
 * @param words the command as sent, its name in upper or lower case
 */
export function reachesBeyond(words: readonly (string | Buffer)[]): boolean {
  const [name = '', first = ''] = words.map((word) => word.toString().toUpperCase());
  if (always.has(name)) return true;
  if (name === 'COPY') return words.some((word) => /^db$/i.test(word.toString()));
  return subcommands[name]?.has(first) ?? false;
}

const always = new Set(
  'SELECT FLUSHALL SWAPDB MOVE MIGRATE SHUTDOWN SAVE BGSAVE BGREWRITEAOF DEBUG MODULE REPLICAOF SLAVEOF FAILOVER CLUSTER PSYNC SYNC REPLCONF MONITOR RESET FCALL FCALL_RO'.split(
    ' ',
  ),
);

const subcommands: Record<string, Set<string>> = {
  ACL: new Set(['SETUSER', 'DELUSER', 'LOAD', 'SAVE']),
  // What is tracked is announced for every database at once.
  CLIENT: new Set(['KILL', 'PAUSE', 'UNPAUSE', 'UNBLOCK', 'REPLY', 'TRACKING']),
  CONFIG: new Set(['SET', 'REWRITE', 'RESETSTAT']),
  FUNCTION: new Set(['LOAD', 'DELETE', 'FLUSH', 'RESTORE', 'KILL']),
  LATENCY: new Set(['RESET']),
  SCRIPT: new Set(['FLUSH', 'KILL', 'DEBUG']),
  SLOWLOG: new Set(['RESET']),
};
