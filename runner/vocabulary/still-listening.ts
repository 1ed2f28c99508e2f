import { fail, type NextStep, type Place } from '../grading/finding';
import type { ProgramRun } from '../grading/program/program-run';

/**
 * The program is there still, to hear of its jobs.
 * @param next how to keep it there
 * @param at what may have ended it
 * @throws CheckFailure where it has ended
 */
export function expectListening(
  running: ProgramRun,
  next: NextStep,
  at: Place | readonly Place[],
): void {
  running.expectNoCrash();
  if (!running.program.exit) return;
  fail({
    class: 'wrong-output',
    message:
      'The program ends as soon as its jobs are created: it cannot hear what becomes of them.',
    next,
    at,
    seen: running.outputLines.join('\n'),
  });
}
