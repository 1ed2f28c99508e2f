import { administration } from './administration';
import { client } from './client';
import type { CommandTable } from './command';
import { config } from './config';
import { counters } from './counters';
import { expiry } from './expiry';
import { handshake } from './handshake';
import { hashes } from './hashes';
import { inspection } from './inspection';
import { introspection } from './introspection';
import { keys } from './keys';
import { listMoves } from './list-moves';
import { lists } from './lists';
import { pubsub } from './pubsub';
import { scripting } from './scripting';
import { setAlgebra } from './set-algebra';
import { sets } from './sets';
import { strings } from './strings';
import { transactions } from './transactions';
import { zAlgebra } from './zalgebra';
import { zpops } from './zpops';
import { zranges } from './zranges';
import { zsets } from './zsets';

/** Every command there is, by its name in lower case. The wire reaches nothing else. */
export const commands: CommandTable = new Map(
  [
    ...handshake,
    ...strings,
    ...counters,
    ...keys,
    ...expiry,
    ...hashes,
    ...lists,
    ...listMoves,
    ...sets,
    ...setAlgebra,
    ...zsets,
    ...zranges,
    ...zpops,
    ...zAlgebra,
    ...pubsub,
    ...scripting,
    client,
    config,
    introspection,
    ...inspection,
    ...transactions,
    ...administration,
  ].map((row) => [row.name, row]),
);
