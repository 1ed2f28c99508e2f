import type { Outcome } from '../grading/verdict';
import type { KeyHint } from '../report/terminal/keys';

/** What the screen of a lesson shows. */
export type Shown =
  | 'verdict'
  | 'question'
  | 'hint'
  | 'lesson'
  | 'timeline'
  | 'keys'
  | 'solution'
  | 'text';

/** What the keys depend on. */
export interface Situation {
  shown: Shown;
  /** How the last check went; undefined before the first one is through. */
  outcome: Outcome | undefined;
  /** No lesson comes after this one. */
  last: boolean;
  /** The lesson asks for a dump: there is nothing to run. */
  dump: boolean;
  /** The folder of --dir, which keeps no count of hints. */
  readOnly: boolean;
  /** There is no menu to go back to first. */
  quits: boolean;
}

/** The keys that do something now, the likeliest first. */
export function watchKeys(now: Situation): KeyHint[] {
  if (now.shown === 'question') {
    return [
      { key: 'y', does: 'yes' },
      { key: 'n', does: 'no' },
    ];
  }
  const offered = now.outcome === 'passed' ? afterPass(now) : beforePass(now);
  if (now.shown !== 'verdict') return [...offered, { key: 'b', does: 'close' }];
  return [...offered, now.quits ? { key: 'q', does: 'quit' } : { key: 'b', does: 'back' }];
}

function afterPass({ last, dump }: Situation): KeyHint[] {
  return [
    ...(last ? [] : [{ key: 'n', does: 'next' }]),
    { key: 's', does: 'worked version' },
    ...(dump ? [] : looks),
    ...(dump ? [] : [{ key: 'r', does: 'run' }]),
    { key: 'l', does: 'lesson' },
  ];
}

function beforePass({ shown, outcome, dump, readOnly }: Situation): KeyHint[] {
  const failed = outcome === 'failed';
  return [
    ...(readOnly ? [] : [{ key: 'h', does: shown === 'hint' ? 'next hint' : 'hint' }]),
    ...(dump ? [] : [{ key: 'e', does: 'edit' }]),
    ...(dump ? [] : [{ key: 'r', does: 'run' }]),
    ...(failed && !dump ? looks : []),
    ...(shown === 'hint' ? [] : [{ key: 'l', does: 'lesson' }]),
    { key: 's', does: 'answer' },
  ];
}

const looks: KeyHint[] = [
  { key: 't', does: 'timeline' },
  { key: 'k', does: 'keys' },
];
