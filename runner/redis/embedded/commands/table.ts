import { acl } from './acl';
import { administration } from './administration';
import { bitfield } from './bits/bitfield';
import { bitmaps } from './bits/bitmaps';
import { hyperloglog } from './bits/hyperloglog';
import { client } from './client';
import { cluster } from './cluster';
import type { Command, CommandTable } from './command';
import { config } from './config';
import { counters } from './data-types/counters';
import { hashes } from './data-types/hashes';
import { listMoves } from './data-types/list-moves';
import { lists } from './data-types/lists';
import { lcs } from './data-types/longest-common';
import { setAlgebra } from './data-types/set-algebra';
import { sets } from './data-types/sets';
import { sortedSetAlgebra } from './data-types/sorted-set-algebra';
import { sortedSetPops } from './data-types/sorted-set-pops';
import { sortedSetRanges } from './data-types/sorted-set-ranges';
import { sortedSets } from './data-types/sorted-sets';
import { strings } from './data-types/strings';
import { expiry } from './expiry';
import { geo } from './geo/geo';
import { handshake } from './handshake';
import { memory } from './inspection/memory';
import { object } from './inspection/object';
import { introspection } from './introspection';
import { keys } from './keys';
import { latency } from './latency';
import { modules } from './modules';
import { pubsub } from './pubsub';
import { replication } from './replication';
import { scripting } from './scripting';
import { serialization } from './serialization';
import { slowlog } from './slowlog';
import { sort } from './sort';
import { streamClaims } from './streams/claims';
import { streams } from './streams/entries';
import { streamGroupReads } from './streams/group-reading';
import { streamGroups } from './streams/groups';
import { streamInfo } from './streams/info';
import { streamPending } from './streams/pending';
import { streamReads } from './streams/reading';
import { transactions } from './transactions';

const table = new Map<string, Command>();
for (const row of [
  ...handshake,
  ...strings,
  ...counters,
  lcs,
  ...bitmaps,
  ...bitfield,
  ...hyperloglog,
  ...keys,
  ...expiry,
  ...serialization,
  ...hashes,
  ...lists,
  ...listMoves,
  ...sets,
  ...setAlgebra,
  ...sortedSets,
  ...sortedSetRanges,
  ...sortedSetPops,
  ...sortedSetAlgebra,
  ...streams,
  ...streamReads,
  ...streamGroups,
  streamGroupReads,
  streamPending,
  ...streamClaims,
  streamInfo,
  ...geo,
  ...sort,
  ...pubsub,
  ...scripting(table),
  acl(table),
  client,
  ...cluster,
  config,
  introspection(table),
  object,
  memory,
  ...transactions,
  ...administration,
  latency,
  modules,
  ...replication,
  slowlog,
]) {
  table.set(row.name, row);
}

/** Every command there is, by its name in lower case. The wire reaches nothing else. */
export const commands: CommandTable = table;
