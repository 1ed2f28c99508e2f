import os from 'node:os';
import type { Engine } from '../engine';
import { AT_START } from '../memory';
import type { Fields } from './fields';

/** The memory of the data, as it is estimated; of the process as a whole by `used_memory_rss`. */
export function memory({ memory: { used, peak }, settings, clientBytes, scripts }: Engine): Fields {
  const { rss } = process.memoryUsage();
  const overhead = Math.min(used, AT_START + clientBytes);
  const limit = settings.number('maxmemory');
  const percent = (part: number, whole: number) =>
    `${((100 * part) / Math.max(whole, 1)).toFixed(2)}%`;
  const both = (name: string, bytes: number): Fields => ({
    [name]: bytes,
    [`${name}_human`]: human(bytes),
  });
  return {
    ...both('used_memory', used),
    ...both('used_memory_rss', rss),
    ...both('used_memory_peak', peak),
    used_memory_peak_perc: percent(used, peak),
    used_memory_overhead: overhead,
    used_memory_startup: AT_START,
    used_memory_dataset: used - overhead,
    used_memory_dataset_perc: percent(used - overhead, used - AT_START),
    allocator_allocated: used,
    allocator_active: used,
    allocator_resident: rss,
    ...both('total_system_memory', os.totalmem()),
    used_memory_lua: 0,
    used_memory_vm_eval: 0,
    used_memory_lua_human: human(0),
    used_memory_scripts_eval: 0,
    number_of_cached_scripts: scripts.count,
    ...both('maxmemory', limit),
    maxmemory_policy: settings.text('maxmemory-policy'),
    allocator_frag_ratio: '1.00',
    allocator_frag_bytes: 0,
    mem_fragmentation_ratio: (rss / used).toFixed(2),
    mem_fragmentation_bytes: rss - used,
    mem_not_counted_for_evict: 0,
    mem_replication_backlog: 0,
    mem_total_replication_buffers: 0,
    mem_clients_slaves: 0,
    mem_clients_normal: clientBytes,
    mem_cluster_links: 0,
    mem_aof_buffer: 0,
    mem_allocator: 'node',
    active_defrag_running: 0,
    lazyfree_pending_objects: 0,
    lazyfreed_objects: 0,
  };
}

function human(bytes: number): string {
  if (bytes < 1024) return `${bytes}B`;
  let [size, unit] = [bytes / 1024, 0];
  while (size >= 1024 && unit < 4) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(2)}${'KMGTP'[unit]}`;
}
