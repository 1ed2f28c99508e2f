import type { Engine } from '../engine';
import { commandStatistics, errorStatistics, latencyStatistics } from './command-statistics';
import { clients, keyspace, persistence, server } from './data';
import type { Fields } from './fields';
import { memory } from './memory';
import { cpu, replication, statistics } from './statistics';

const sections: Record<string, (engine: Engine) => Fields> = {
  Server: server,
  Clients: clients,
  Memory: memory,
  Persistence: persistence,
  Stats: statistics,
  Replication: replication,
  CPU: cpu,
  Modules: () => ({}),
  Commandstats: commandStatistics,
  Errorstats: errorStatistics,
  Latencystats: latencyStatistics,
  Cluster: () => ({ cluster_enabled: 0 }),
  Keyspace: keyspace,
};

/** Those that are long are shown where they are asked for. */
const ON_DEMAND = new Set(['Commandstats', 'Latencystats']);

/** INFO's text: `# Section` and `name:value` lines, of the sections named or of those by default. */
export function info(engine: Engine, names: readonly string[]): string {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const all = wanted.has('all') || wanted.has('everything');
  const usual = wanted.size === 0 || wanted.has('default');
  return Object.entries(sections)
    .filter(([name]) => all || (usual && !ON_DEMAND.has(name)) || wanted.has(name.toLowerCase()))
    .map(([name, section]) => {
      const lines = Object.entries(section(engine)).map(
        ([field, value]) => `${field}:${value}\r\n`,
      );
      return `# ${name}\r\n${lines.join('')}`;
    })
    .join('\r\n');
}
