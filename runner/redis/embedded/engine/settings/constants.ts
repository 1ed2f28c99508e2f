import {
  anything,
  choice,
  integer,
  type Kind,
  long,
  memory,
  memoryOrPercent,
  unsignedMemory,
  yesOrNo,
} from './kind';
import { constant, immutable, type Row } from './row';

const aof = 'the embedded Redis keeps no append-only file';
const cluster = 'the embedded Redis is no cluster';
const eviction = 'the embedded Redis evicts no keys and no clients';
const log = 'the embedded Redis keeps no log';
const memoryCare = 'the embedded Redis leaves its memory to Node';
const network = 'the embedded Redis listens where it was started';
const rdb = 'the embedded Redis writes its RDB file in one way';
const replication = 'the embedded Redis has no replicas and no master';
const tls = 'the embedded Redis speaks no TLS';

const port = integer(0, 65535);
const signals = choice('default', 'save', 'nosave', 'now', 'force');

/** The settings that change nothing here, each with the reason. */
export const constants = {
  'acl-pubsub-default': constant(
    'resetchannels',
    choice('allchannels', 'resetchannels'),
    'the embedded Redis has one user',
  ),
  aclfile: immutable(),
  'active-expire-effort': constant(
    '1',
    integer(1, 10),
    'the embedded Redis expires keys in one way',
  ),
  activedefrag: constant(
    'no',
    yesOrNo,
    'Active defragmentation cannot be enabled: it requires a Redis server compiled with a modified Jemalloc like the one shipped by default with the Redis source distribution',
  ),
  'always-show-logo': immutable('no'),
  appenddirname: immutable('appendonlydir'),
  appendfilename: immutable('appendonly.aof'),
  bind: constant('127.0.0.1', anything, network),
  'cluster-config-file': immutable('nodes.conf'),
  'cluster-enabled': immutable('no'),
  'cluster-port': immutable('0'),
  daemonize: immutable('no'),
  databases: immutable('16'),
  'disable-thp': immutable('yes'),
  'enable-debug-command': immutable('no'),
  'enable-module-command': immutable('no'),
  'enable-protected-configs': immutable('no'),
  'ignore-warnings': constant('', anything, log),
  'io-threads': immutable('1'),
  'io-threads-do-reads': immutable('no'),
  logfile: immutable(),
  pidfile: immutable(),
  port: constant('0', port, network),
  'proc-title-template': constant(
    '{title} {listen-addr} {server-mode}',
    anything,
    'the embedded Redis is no process of its own',
  ),
  'protected-mode': constant('yes', yesOrNo, network),
  rdbchecksum: immutable('yes'),
  replicaof: immutable('', 'slaveof'),
  'set-proc-title': immutable('yes'),
  'socket-mark-id': immutable('0'),
  supervised: immutable('no'),
  'syslog-enabled': immutable('no'),
  'syslog-facility': immutable('local0'),
  'syslog-ident': immutable('redis'),
  'tcp-backlog': immutable('511'),
  unixsocket: immutable(),
  unixsocketperm: immutable('0'),
  ...cpuLists('aof_rewrite', 'bgsave', 'bio', 'server'),
  ...alike(eviction, {
    'lfu-decay-time': ['1', integer()],
    'lfu-log-factor': ['10', integer()],
    'maxmemory-clients': ['0', memoryOrPercent],
    'maxmemory-eviction-tenacity': ['10', integer(0, 100)],
    'maxmemory-samples': ['5', integer(1)],
  }),
  ...alike(memoryCare, {
    'active-defrag-cycle-max': ['25', integer(1, 99)],
    'active-defrag-cycle-min': ['1', integer(1, 99)],
    'active-defrag-ignore-bytes': ['104857600', memory(1)],
    'active-defrag-max-scan-fields': ['1000', long(1)],
    'active-defrag-threshold-lower': ['10', integer(0, 1000)],
    'active-defrag-threshold-upper': ['100', integer(0, 1000)],
    activerehashing: ['yes', yesOrNo],
    'dynamic-hz': ['yes', yesOrNo],
    hz: ['10', integer()],
    'jemalloc-bg-thread': ['yes', yesOrNo],
    'lazyfree-lazy-eviction': ['no', yesOrNo],
    'lazyfree-lazy-expire': ['no', yesOrNo],
    'lazyfree-lazy-server-del': ['no', yesOrNo],
    'lazyfree-lazy-user-del': ['no', yesOrNo],
    'lazyfree-lazy-user-flush': ['no', yesOrNo],
    'list-compress-depth': ['0', integer()],
    'oom-score-adj': ['no', choice('no', 'yes', 'relative', 'absolute')],
    'oom-score-adj-values': ['0 200 800', anything],
  }),
  ...alike(log, {
    'crash-log-enabled': ['yes', yesOrNo],
    'crash-memcheck-enabled': ['yes', yesOrNo],
    loglevel: ['notice', choice('debug', 'verbose', 'notice', 'warning')],
  }),
  ...alike(aof, {
    'aof-disable-auto-gc': ['no', yesOrNo],
    'aof-load-truncated': ['yes', yesOrNo],
    'aof-rewrite-incremental-fsync': ['yes', yesOrNo],
    'aof-timestamp-enabled': ['no', yesOrNo],
    'aof-use-rdb-preamble': ['yes', yesOrNo],
    appendfsync: ['everysec', choice('everysec', 'always', 'no')],
    appendonly: ['no', yesOrNo],
    'auto-aof-rewrite-min-size': ['67108864', memory()],
    'auto-aof-rewrite-percentage': ['100', integer()],
    'no-appendfsync-on-rewrite': ['no', yesOrNo],
  }),
  ...alike(rdb, {
    'rdb-del-sync-files': ['no', yesOrNo],
    'rdb-save-incremental-fsync': ['yes', yesOrNo],
    rdbcompression: ['yes', yesOrNo],
    'sanitize-dump-payload': ['no', choice('no', 'yes', 'clients')],
    'shutdown-on-sigint': ['default', signals],
    'shutdown-on-sigterm': ['default', signals],
    'stop-writes-on-bgsave-error': ['yes', yesOrNo],
  }),
  ...alike(cluster, {
    'cluster-allow-pubsubshard-when-down': ['yes', yesOrNo],
    'cluster-allow-reads-when-down': ['no', yesOrNo],
    'cluster-allow-replica-migration': ['yes', yesOrNo],
    'cluster-announce-bus-port': ['0', port],
    'cluster-announce-hostname': ['', anything],
    'cluster-announce-ip': ['', anything],
    'cluster-announce-port': ['0', port],
    'cluster-announce-tls-port': ['0', port],
    'cluster-link-sendbuf-limit': ['0', unsignedMemory],
    'cluster-migration-barrier': ['1', integer()],
    'cluster-node-timeout': ['15000', long()],
    'cluster-preferred-endpoint-type': ['ip', choice('ip', 'hostname', 'unknown-endpoint')],
    'cluster-replica-no-failover': ['no', yesOrNo, 'cluster-slave-no-failover'],
    'cluster-replica-validity-factor': ['10', integer(), 'cluster-slave-validity-factor'],
    'cluster-require-full-coverage': ['yes', yesOrNo],
  }),
  ...alike(replication, {
    'bind-source-addr': ['', anything],
    masterauth: ['', anything],
    masteruser: ['', anything],
    'min-replicas-max-lag': ['10', integer(), 'min-slaves-max-lag'],
    'propagation-error-behavior': ['ignore', choice('ignore', 'panic', 'panic-on-replicas')],
    'repl-backlog-size': ['1048576', memory(1)],
    'repl-backlog-ttl': ['3600', long()],
    'repl-disable-tcp-nodelay': ['no', yesOrNo],
    'repl-diskless-load': ['disabled', choice('disabled', 'on-empty-db', 'swapdb')],
    'repl-diskless-sync': ['yes', yesOrNo],
    'repl-diskless-sync-delay': ['5', integer()],
    'repl-diskless-sync-max-replicas': ['0', integer()],
    'repl-ping-replica-period': ['10', integer(1), 'repl-ping-slave-period'],
    'repl-timeout': ['60', integer(1)],
    'replica-announce-ip': ['', anything, 'slave-announce-ip'],
    'replica-announce-port': ['0', port, 'slave-announce-port'],
    'replica-announced': ['yes', yesOrNo],
    'replica-ignore-disk-write-errors': ['no', yesOrNo],
    'replica-ignore-maxmemory': ['yes', yesOrNo, 'slave-ignore-maxmemory'],
    'replica-lazy-flush': ['no', yesOrNo, 'slave-lazy-flush'],
    'replica-priority': ['100', integer(), 'slave-priority'],
    'replica-read-only': ['yes', yesOrNo, 'slave-read-only'],
    'replica-serve-stale-data': ['yes', yesOrNo, 'slave-serve-stale-data'],
    'shutdown-timeout': ['10', integer()],
  }),
  ...alike(tls, {
    'tls-auth-clients': ['yes', choice('no', 'yes', 'optional')],
    'tls-ca-cert-dir': ['', anything],
    'tls-ca-cert-file': ['', anything],
    'tls-cert-file': ['', anything],
    'tls-ciphers': ['', anything],
    'tls-ciphersuites': ['', anything],
    'tls-client-cert-file': ['', anything],
    'tls-client-key-file': ['', anything],
    'tls-client-key-file-pass': ['', anything],
    'tls-cluster': ['no', yesOrNo],
    'tls-dh-params-file': ['', anything],
    'tls-key-file': ['', anything],
    'tls-key-file-pass': ['', anything],
    'tls-port': ['0', port],
    'tls-prefer-server-ciphers': ['no', yesOrNo],
    'tls-protocols': ['', anything],
    'tls-replication': ['no', yesOrNo],
    'tls-session-cache-size': ['20480', integer()],
    'tls-session-cache-timeout': ['300', integer()],
    'tls-session-caching': ['yes', yesOrNo],
  }),
};

type Fixed = readonly [initial: string, kind: Kind, alias?: string];

/** Constants that have their reason in common. */
function alike<Name extends string>(
  reason: string,
  rows: Readonly<Record<Name, Fixed>>,
): Record<Name, Row> {
  const made = Object.entries<Fixed>(rows).map(([name, [initial, kind, alias]]) => [
    name,
    constant(initial, kind, reason, alias),
  ]);
  return Object.fromEntries(made);
}

function cpuLists(...threads: readonly string[]): Record<string, Row> {
  return Object.fromEntries(threads.map((thread) => [`${thread}_cpulist`, immutable()]));
}
