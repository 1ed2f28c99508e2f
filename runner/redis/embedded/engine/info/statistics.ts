import type { Engine } from '../engine';
import type { Fields } from './fields';

export function statistics({ statistics: all, channels, tracking }: Engine): Fields {
  const nothing = (...names: string[]) => Object.fromEntries(names.map((name) => [name, 0]));
  return {
    total_connections_received: all.connections,
    total_commands_processed: all.processed,
    instantaneous_ops_per_sec: 0,
    total_net_input_bytes: all.read.bytes,
    total_net_output_bytes: all.written.bytes,
    ...nothing('total_net_repl_input_bytes', 'total_net_repl_output_bytes'),
    instantaneous_input_kbps: '0.00',
    instantaneous_output_kbps: '0.00',
    instantaneous_input_repl_kbps: '0.00',
    instantaneous_output_repl_kbps: '0.00',
    rejected_connections: all.turnedAway,
    ...nothing('sync_full', 'sync_partial_ok', 'sync_partial_err'),
    expired_keys: all.expired,
    expired_stale_perc: '0.00',
    ...nothing('expired_time_cap_reached_count', 'expire_cycle_cpu_milliseconds', 'evicted_keys'),
    ...nothing('evicted_clients', 'total_eviction_exceeded_time'),
    current_eviction_exceeded_time: 0,
    keyspace_hits: all.hits,
    keyspace_misses: all.misses,
    pubsub_channels: channels.byChannel.size,
    pubsub_patterns: channels.byPattern.size,
    ...nothing('pubsubshard_channels', 'latest_fork_usec', 'total_forks', 'migrate_cached_sockets'),
    ...nothing('slave_expires_tracked_keys', 'active_defrag_hits', 'active_defrag_misses'),
    ...nothing('active_defrag_key_hits', 'active_defrag_key_misses', 'total_active_defrag_time'),
    current_active_defrag_time: 0,
    tracking_total_keys: tracking.keys,
    tracking_total_items: tracking.items,
    tracking_total_prefixes: tracking.prefixes,
    unexpected_error_replies: 0,
    total_error_replies: all.errorReplies,
    dump_payload_sanitizations: 0,
    total_reads_processed: all.read.chunks,
    total_writes_processed: all.written.chunks,
    ...nothing('io_threaded_reads_processed', 'io_threaded_writes_processed'),
    ...nothing('reply_buffer_shrinks', 'reply_buffer_expands'),
  };
}

/** A master without replicas. */
export function replication({ replicationId }: Engine): Fields {
  return {
    role: 'master',
    connected_slaves: 0,
    master_failover_state: 'no-failover',
    master_replid: replicationId,
    master_replid2: '0'.repeat(40),
    master_repl_offset: 0,
    second_repl_offset: -1,
    repl_backlog_active: 0,
    repl_backlog_size: 1048576,
    repl_backlog_first_byte_offset: 0,
    repl_backlog_histlen: 0,
  };
}

export function cpu(): Fields {
  const { user, system } = process.cpuUsage();
  const seconds = (us: number) => (us / 1e6).toFixed(6);
  return {
    used_cpu_sys: seconds(system),
    used_cpu_user: seconds(user),
    used_cpu_sys_children: seconds(0),
    used_cpu_user_children: seconds(0),
    used_cpu_sys_main_thread: seconds(system),
    used_cpu_user_main_thread: seconds(user),
  };
}
