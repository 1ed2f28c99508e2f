import type { Engine } from '../../engine/engine';
import type { Session } from '../../engine/session';
import { syntaxError } from '../../protocol/command-error';
import { toInteger } from '../../protocol/numbers';
import { bulk, integer, OK, type Reply } from '../../protocol/reply';
import { encodingOf } from '../../store/encoding';
import { memoryUsage } from '../../store/memory-usage';
import { command, family } from '../command';

/** What keys and the server take; of the server it is the memory of the process that it is in. */
export const memory = family('memory', [
  command('memory|doctor', 2, '', ({ resp }) =>
    resp.verbatim('All is well: this server keeps its data in the memory of a Node.js process.\n'),
  ),
  command('memory|malloc-stats', 2, '', ({ resp }) =>
    resp.verbatim(`${JSON.stringify(process.memoryUsage(), null, 1)}\n`),
  ),
  command('memory|purge', 2, '', () => OK),
  command('memory|stats', 2, '', stats),
  command('memory|usage', -3, 'readonly', usage),
]);

function usage(
  { db, resp }: Session,
  [key, ...words]: [string, ...string[]],
  { settings }: Engine,
): Reply {
  for (let at = 0; at < words.length; at += 2) {
    const samples = words[at + 1];
    if (words[at]?.toLowerCase() !== 'samples' || samples === undefined) throw syntaxError();
    if (toInteger(samples) < 0) throw syntaxError();
  }
  const value = db.peek(key);
  if (value === undefined) return resp.nil;
  return integer(memoryUsage(key, value, encodingOf(value, settings, db.notes.form(key))));
}

/** The fields of Redis; what this server has not, such as replicas, takes nothing. */
function stats({ resp }: Session, _words: readonly string[], engine: Engine): Reply {
  const { heapUsed, heapTotal, rss, external } = process.memoryUsage();
  const used = heapUsed + external;
  const databases = [...engine.databases()].filter(({ size }) => size > 0);
  const count = databases.reduce((sum, { size }) => sum + size, 0);
  // What Redis takes for a key beside its name and its value: a record and a place in a table.
  const tables = databases.map(
    ({ index, size, expiring }) => [index, size * 32, expiring * 32] as const,
  );
  const overhead = tables.reduce((sum, [, main, expires]) => sum + main + expires, 0);
  const data = Math.max(0, used - overhead);
  const fields: [string, Reply][] = [
    ['peak.allocated', integer(used)],
    ['total.allocated', integer(used)],
    ['startup.allocated', integer(0)],
    ['replication.backlog', integer(0)],
    ['clients.slaves', integer(0)],
    ['clients.normal', integer(engine.clientBytes)],
    ['cluster.links', integer(0)],
    ['aof.buffer', integer(0)],
    ['lua.caches', integer(0)],
    ['functions.caches', integer(0)],
    ...tables.map(([index, main, expires]): [string, Reply] => [
      `db.${index}`,
      resp.map([
        [bulk('overhead.hashtable.main'), integer(main)],
        [bulk('overhead.hashtable.expires'), integer(expires)],
        [bulk('overhead.hashtable.slot-to-keys'), integer(0)],
      ]),
    ]),
    ['overhead.total', integer(overhead)],
    ['keys.count', integer(count)],
    ['keys.bytes-per-key', integer(count === 0 ? 0 : Math.floor(data / count))],
    ['dataset.bytes', integer(data)],
    ['dataset.percentage', resp.double((100 * data) / used)],
    ['peak.percentage', resp.double(100)],
    ['allocator.allocated', integer(used)],
    ['allocator.active', integer(heapTotal)],
    ['allocator.resident', integer(rss)],
    ['allocator-fragmentation.ratio', resp.double(heapTotal / used)],
    ['allocator-fragmentation.bytes', integer(heapTotal - used)],
    ['allocator-rss.ratio', resp.double(rss / heapTotal)],
    ['allocator-rss.bytes', integer(rss - heapTotal)],
    ['rss-overhead.ratio', resp.double(1)],
    ['rss-overhead.bytes', integer(0)],
    ['fragmentation', resp.double(rss / used)],
    ['fragmentation.bytes', integer(rss - used)],
  ];
  return resp.map(fields.map(([name, value]) => [bulk(name), value]));
}
