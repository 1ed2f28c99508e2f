import { check } from '../commands/check';
import { gradedEvidenceText } from '../commands/evidence-text';
import { hintText } from '../commands/hint';
import type { Session } from '../commands/session';
import type { Graded } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { errorReport, errorText } from '../report/terminal/error-report';
import type { KeyHint } from '../report/terminal/keys';
import { keyLine } from '../report/terminal/keys';
import { pressedKey } from './keyboard';
import { page } from './pager';

/**
 * A check whose verdict goes below what is there, for a terminal that only takes one line after
 * another; then the timeline and the keys if they are asked for.
 * @returns the key that is none of these
 */
export async function typedCheck(session: Session, lesson: Lesson): Promise<string> {
  let graded: Graded | undefined;
  const nextSteps = (one: Graded) => {
    graded = one;
    return { wholeOutput: 'r runs it', keys: keysAfter(one.verdict.verdict === 'passed') };
  };
  try {
    await check(session, [lesson.id], nextSteps);
  } catch (error) {
    session.signal.throwIfAborted();
    session.say(errorText(errorReport(error), session.screen));
  }
  for (;;) {
    const key = await pressedKey(session);
    if (!graded || (key !== 't' && key !== 'k')) return key;
    const look = key === 't' ? { timeline: true } : { keys: true };
    session.say(gradedEvidenceText(graded, look, session.screen));
  }
}

/** Shows the next hint: on a screen of its own, or below what is there. @returns the key pressed then */
export async function typedHint(session: Session, lesson: Lesson): Promise<string> {
  const text = hintText(session, lesson);
  const nextKey = text.last
    ? { key: 's', does: 'worked version' }
    : { key: 'h', does: 'next hint' };
  if (session.screen.live) return page(session, () => text(session.screen), [nextKey]);
  session.say(await text(session.screen));
  session.say(keyLine([nextKey, { key: 'Enter', does: 'back' }], session.screen).join('\n'));
  return pressedKey(session);
}

function keysAfter(passed: boolean): KeyHint[] {
  const first = passed
    ? [
        { key: 'n', does: 'next' },
        { key: 's', does: 'worked version' },
      ]
    : [
        { key: 'h', does: 'hint' },
        { key: 'c', does: 'check again' },
        { key: 'r', does: 'run' },
      ];
  return [
    ...first,
    { key: 't', does: 'timeline' },
    { key: 'k', does: 'keys' },
    { key: 'Enter', does: 'back' },
  ];
}
