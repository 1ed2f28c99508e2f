import { VERSION } from '../protocol/version';
import type { Engine } from './engine';

type Section = (engine: Engine) => Record<string, string | number>;

const sections: Record<string, Section> = {
  Server: ({ port, runId, startedAt }) => ({
    redis_version: VERSION,
    redis_mode: 'standalone',
    os: `${process.platform} ${process.arch}`,
    arch_bits: 64,
    process_id: process.pid,
    run_id: runId,
    tcp_port: port,
    server_time_usec: Date.now() * 1000,
    uptime_in_seconds: Math.floor((Date.now() - startedAt) / 1000),
    uptime_in_days: Math.floor((Date.now() - startedAt) / 86_400_000),
    executable: 'ioredis-mock',
    config_file: '',
  }),
  Clients: ({ sessions, blocking }) => ({
    connected_clients: sessions.size,
    maxclients: 10000,
    blocked_clients: blocking.count,
  }),
  Memory: () => {
    const { heapUsed, rss } = process.memoryUsage();
    return { used_memory: heapUsed, used_memory_rss: rss, maxmemory: 0 };
  },
  Persistence: ({ dirty, persistence }) => ({
    loading: 0,
    rdb_changes_since_last_save: dirty,
    rdb_bgsave_in_progress: 0,
    rdb_last_save_time: Math.floor(persistence.savedAt / 1000),
    rdb_last_bgsave_status: 'ok',
    aof_enabled: 0,
  }),
  Stats: ({ connections, processed, channels }) => ({
    total_connections_received: connections,
    total_commands_processed: processed,
    pubsub_channels: channels.byChannel.size,
    pubsub_patterns: channels.byPattern.size,
  }),
  Replication: () => ({ role: 'master', connected_slaves: 0 }),
  CPU: () => {
    const { user, system } = process.cpuUsage();
    return { used_cpu_sys: system / 1e6, used_cpu_user: user / 1e6 };
  },
  Cluster: () => ({ cluster_enabled: 0 }),
  Keyspace: (engine) => {
    const lines: Record<string, string> = {};
    for (const database of engine.databases()) {
      const { size, expiring } = database;
      if (size > 0) lines[`db${database.index}`] = `keys=${size},expires=${expiring},avg_ttl=0`;
    }
    return lines;
  },
};

/** INFO's text: `# Section` and `name:value` lines, of the sections named or of all. */
export function info(engine: Engine, names: readonly string[]): string {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const all =
    wanted.size === 0 || ['all', 'default', 'everything'].some((name) => wanted.has(name));
  return Object.entries(sections)
    .filter(([name]) => all || wanted.has(name.toLowerCase()))
    .map(([name, section]) => {
      const lines = Object.entries(section(engine)).map(
        ([field, value]) => `${field}:${value}\r\n`,
      );
      return `# ${name}\r\n${lines.join('')}`;
    })
    .join('\r\n');
}
