import type { ClassRow } from './class-table';

/** What stands beside a learner's points, in words; empty for what is graded and in time. */
export function stateWords({ state, late }: ClassRow): string {
  if (state === 'fault') return 'grader fault';
  if (state === 'refused') return 'not taken';
  if (state === 'waiting') return 'not graded yet';
  return late ? `late, -${late.percent} %` : '';
}
