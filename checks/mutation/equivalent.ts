import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

/** By file and by reason: the mutants that rightly pass their check. */
const list = z.record(z.string(), z.record(z.string(), z.array(z.string())));

/** The reason for each survivor that is no fault of its check, by file and by the mutant's id. */
export class Equivalents {
  readonly #reasons = new Map<string, Map<string, string>>();

  /** @throws Error where a mutant is listed twice */
  constructor(source = readFileSync(path.join(__dirname, 'equivalent.yml'), 'utf8')) {
    for (const [file, groups] of Object.entries(list.parse(parse(source) ?? {}))) {
      const reasons = new Map<string, string>();
      for (const [reason, ids] of Object.entries(groups)) {
        for (const id of ids) {
          if (reasons.has(id)) throw new Error(`equivalent.yml lists twice: ${id}`);
          reasons.set(id, reason);
        }
      }
      this.#reasons.set(file, reasons);
    }
  }

  reason(file: string, id: string): string | undefined {
    return this.#reasons.get(file)?.get(id);
  }

  /** The ids that are listed for a file. */
  listed(file: string): string[] {
    return [...(this.#reasons.get(file)?.keys() ?? [])];
  }
}
