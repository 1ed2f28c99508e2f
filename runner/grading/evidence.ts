import { replyText } from '../redis/protocol/reply-text';
import type { Journal, WireEntry as Seen } from '../sandbox/tap/journal';
import type { Evidence, KeyEntry, WireEntry } from './verdict';

/** The journal as a verdict carries it: plain data. */
export function evidenceOf(journal: Journal, keys: KeyEntry[]): Evidence {
  return {
    output: [...journal.output],
    wire: journal.wire.map(wireEvidence),
    http: [...journal.exchanges],
    keys,
  };
}

/** An entry of the wire as a verdict carries it. */
export function wireEvidence(entry: Seen): WireEntry {
  return {
    program: entry.program,
    connection: entry.connection,
    at: entry.at,
    command: entry.kind === 'command' ? entry.words : [],
    ...(entry.reply === undefined ? {} : { reply: replyText(entry.reply) }),
    ...(entry.kind === 'command' && entry.repliedAt !== undefined
      ? { repliedAt: entry.repliedAt }
      : {}),
  };
}
