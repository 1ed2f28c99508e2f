import type { Finding } from './verdict';

/** Ends a part's check with its finding. */
export class CheckFailure extends Error {
  override name = 'CheckFailure';
  constructor(readonly finding: Finding) {
    super(finding.message);
  }
}

/** @throws CheckFailure always */
export function fail(finding: Finding): never {
  throw new CheckFailure(finding);
}

/** Text as it stands in a message: in quotation marks that no program prints by itself. */
export function quote(text: string): string {
  return `“${text}”`;
}
