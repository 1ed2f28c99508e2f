import { administration } from './administration';
import type { Command } from './command';
import { counters } from './counters';
import { expiry } from './expiry';
import { handshake } from './handshake';
import { hashes } from './hashes';
import { keys } from './keys';
import { listMoves } from './listmoves';
import { lists } from './lists';
import { pubsub } from './pubsub';
import { strings } from './strings';
import { transactions } from './transactions';

/** Every command there is, by its name in lower case. The wire reaches nothing else. */
export const commands: ReadonlyMap<string, Command> = new Map(
  [
    ...handshake,
    ...strings,
    ...counters,
    ...keys,
    ...expiry,
    ...hashes,
    ...lists,
    ...listMoves,
    ...pubsub,
    ...transactions,
    ...administration,
  ].map((row) => [row.name, row]),
);
