import os from 'node:os';
import { VERSION } from '../../protocol/version';
import type { Engine } from '../engine';
import type { Fields } from './fields';

export function server({ port, runId, startedAt }: Engine): Fields {
  const seconds = Math.floor((Date.now() - startedAt) / 1000);
  return {
    redis_version: VERSION,
    redis_git_sha1: '00000000',
    redis_git_dirty: 0,
    redis_build_id: 'embedded',
    redis_mode: 'standalone',
    os: `${os.type()} ${os.release()} ${os.machine()}`,
    arch_bits: 64,
    monotonic_clock: 'POSIX clock_gettime',
    multiplexing_api: 'libuv',
    atomicvar_api: 'none',
    gcc_version: '0.0.0',
    process_id: process.pid,
    process_supervised: 'no',
    run_id: runId,
    tcp_port: port,
    server_time_usec: Date.now() * 1000,
    uptime_in_seconds: seconds,
    uptime_in_days: Math.floor(seconds / 86_400),
    hz: 10,
    configured_hz: 10,
    lru_clock: Math.floor(Date.now() / 1000) % 2 ** 24,
    executable: 'ioredis-mock',
    config_file: '',
    io_threads_active: 0,
  };
}

export function clients({ sessions, blocking, pause, settings }: Engine): Fields {
  const all = [...sessions.values()];
  return {
    connected_clients: all.length,
    cluster_connections: 0,
    maxclients: settings.text('maxclients'),
    client_recent_max_input_buffer: Math.max(0, ...all.map(({ outlet }) => outlet.held)),
    client_recent_max_output_buffer: Math.max(0, ...all.map(({ outlet }) => outlet.unread)),
    blocked_clients: blocking.count + pause.count,
    tracking_clients: all.filter(({ tracking }) => tracking).length,
    clients_in_timeout_table: 0,
  };
}

export function persistence({ dirty, persistence: file }: Engine): Fields {
  const nothing = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 0]));
  return {
    ...nothing('loading', 'async_loading', 'current_cow_peak', 'current_cow_size'),
    ...nothing('current_cow_size_age'),
    current_fork_perc: '0.00',
    ...nothing('current_save_keys_processed', 'current_save_keys_total'),
    rdb_changes_since_last_save: dirty,
    rdb_bgsave_in_progress: 0,
    rdb_last_save_time: Math.floor(file.savedAt / 1000),
    rdb_last_bgsave_status: file.failed ? 'err' : 'ok',
    rdb_last_bgsave_time_sec: file.saves > 0 ? 0 : -1,
    rdb_current_bgsave_time_sec: -1,
    rdb_saves: file.saves,
    rdb_last_cow_size: 0,
    rdb_last_load_keys_expired: file.loaded.expired,
    rdb_last_load_keys_loaded: file.loaded.keys,
    ...nothing('aof_enabled', 'aof_rewrite_in_progress', 'aof_rewrite_scheduled'),
    aof_last_rewrite_time_sec: -1,
    aof_current_rewrite_time_sec: -1,
    aof_last_bgrewrite_status: 'ok',
    ...nothing('aof_rewrites', 'aof_rewrites_consecutive_failures'),
    aof_last_write_status: 'ok',
    ...nothing('aof_last_cow_size', 'module_fork_in_progress', 'module_fork_last_cow_size'),
  };
}

/** Of each database that has keys: how many, and how many of them expire. */
export function keyspace(engine: Engine): Fields {
  const fields: Fields = {};
  for (const { index, size, expiring } of engine.databases()) {
    if (size > 0) fields[`db${index}`] = `keys=${size},expires=${expiring},avg_ttl=0`;
  }
  return fields;
}
