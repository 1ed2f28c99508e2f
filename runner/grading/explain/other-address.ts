import type { Program } from '../../sandbox/process/program';
import { type PlacedFinding, quote } from '../finding';
import type { FailureClass } from '../verdict';

/** What a program that finds no Redis may look like to a check. */
const symptoms: readonly FailureClass[] = [
  'crash',
  'time-out',
  'did-not-exit',
  'output-limit',
  'wrong-output',
  'wrong-command',
  'wrong-data',
  'wrong-answer',
  'requirement-not-met',
];

/** Errors that come of how a program is written, wherever its Redis is. */
const mistakes = /^(?:Syntax|Type|Reference|Range)Error$/;

/** What was found; or its cause, if a program has looked for Redis at another place, and nowhere else. */
export function explainByAddress(
  programs: readonly Program[],
  finding: PlacedFinding,
): PlacedFinding {
  if (!symptoms.includes(finding.class)) return finding;
  const astray = programs.find(looksElsewhere);
  if (!astray || astray.errors.some(({ name }) => mistakes.test(name))) return finding;
  return otherAddress(astray) ?? finding;
}

/** Whether it has tried other places, and not the one where Redis is. */
export function looksElsewhere({ attempts, elsewhere }: Program): boolean {
  return attempts === 0 && elsewhere.length > 0;
}

/** Where a program looks for Redis in vain; nothing where it has looked at the right place too. */
export function otherAddress(program: Program): PlacedFinding | undefined {
  const [place] = program.elsewhere;
  if (!place || !looksElsewhere(program)) return undefined;
  const host = place.host === '' ? '127.0.0.1' : place.host;
  return {
    class: 'redis-unreachable',
    message: `The program looks for Redis at ${quote(`${host}:${place.port}`)}, where the task has none.`,
    next: {
      says: 'Leave host and port out of the connection: without them it is 127.0.0.1, port 6379.',
      unless: ['createClient($$$)', '$.createClient($$$)'],
      otherwise:
        'Leave host and port out of createClient(): without them it is 127.0.0.1, port 6379.',
    },
    at: [
      { calls: ['createClient'] },
      { names: ['port', 'host'] },
      { code: 'new Queue($$$)' },
      { code: 'new Worker($$$)' },
    ],
    expected: '127.0.0.1:6379',
    seen: `${host}:${place.port}`,
  };
}
