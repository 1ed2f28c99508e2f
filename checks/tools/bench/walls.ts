import type { Isolation } from '../../../runner/sandbox/isolation/level';
import { start } from '../../support/command-line';
import { inTurn, type Measure } from './measure';
import { timeToEnd } from './started';

/** A lesson of one program and one of two, as a teacher checks them. */
const lessons = ['1', '5'];

/** What it costs to keep programs behind walls. */
export function walls(): Measure[] {
  const checked = (isolation: Isolation) => () =>
    timeToEnd([
      ...[process.execPath, start, 'check', ...lessons],
      ...['--solution', '--isolation', isolation],
    ]);
  return [
    {
      name: 'walls',
      what: '`check 1 5 --solution`, programs behind walls',
      against: 'the same under the guard',
      unit: 'ms',
      goal: { atMost: 1.1 },
      async open() {
        await checked('walls')();
      },
      sample: (round) => inTurn(round, checked('walls'), checked('guard')),
    },
  ];
}
