/** A step whose reply is not Redis's, and why. A row that no longer holds fails the suite. */
export interface Difference {
  readonly scenario: string;
  readonly step: string;
  readonly reason: string;
}

const WHOLE = 'connections: what only a whole Redis has';

export const differences: readonly Difference[] = [
  {
    scenario: 'connections: greetings',
    step: 'COMMAND INFO set',
    reason:
      'the notes of key specifications and the summaries of DOCS are sentences of Redis itself',
  },
  {
    scenario: WHOLE,
    step: 'CONFIG GET proto-max-bulk-len',
    reason: 'one value may have 64 MB, not 512: all is in the memory of the runner',
  },
  {
    scenario: 'scripts: what goes wrong',
    step: 'EVAL "local a = nil; return a.b" 0',
    reason: 'fengari is Lua 5.3, which words its own errors differently from 5.1',
  },
];
