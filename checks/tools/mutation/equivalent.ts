import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as v from 'valibot';
import { parse } from 'yaml';

/** By file and by reason: ids of mutants, or `in: LINE` for each survivor in a line that reads so. */
const list = v.record(v.string(), v.record(v.string(), v.array(v.string())));

/** Why each survivor passes its check rightly, by file and by the mutant's id. */
export class Equivalents {
  readonly #reasons = new Map<string, Map<string, string>>();

  /** @throws Error where a mutant or a line is listed twice */
  constructor(source = readFileSync(path.join(__dirname, 'equivalent.yml'), 'utf8')) {
    for (const [file, groups] of Object.entries(v.parse(list, parse(source) ?? {}))) {
      const reasons = new Map<string, string>();
      for (const [reason, entries] of Object.entries(groups)) {
        for (const entry of entries) {
          if (reasons.has(entry)) throw new Error(`equivalent.yml lists twice: ${entry}`);
          reasons.set(entry, reason);
        }
      }
      this.#reasons.set(file, reasons);
    }
  }

  reason(file: string, id: string): string | undefined {
    for (const [entry, reason] of this.#reasons.get(file) ?? []) {
      if (covers(entry, id)) return reason;
    }
    return undefined;
  }

  /** The entries of a file that none of its survivors belongs to. */
  unneeded(file: string, survivors: readonly string[]): string[] {
    return [...(this.#reasons.get(file)?.keys() ?? [])].filter(
      (entry) => !survivors.some((id) => covers(entry, id)),
    );
  }
}

function covers(entry: string, id: string): boolean {
  return entry === id || (entry.startsWith('in: ') && withoutCount(id).endsWith(` ${entry}`));
}

/** Mutants with the same change in lines that read the same are told apart by a number behind. */
function withoutCount(id: string): string {
  return id.replace(/ \(\d+\)$/, '');
}
