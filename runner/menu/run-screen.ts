import { evidenceText } from '../commands/evidence-text';
import { takingInterrupts } from '../commands/interrupt';
import { playground } from '../commands/redis/playground';
import { type Ran, runAll } from '../commands/run/run';
import type { Session } from '../commands/session';
import type { Lesson } from '../course/lesson';
import { errorReport, errorText } from '../report/terminal/error-report';
import { keyLine } from '../report/terminal/keys';
import { transcript } from '../report/terminal/transcript';
import { pressedKey } from './keyboard';
import { page } from './pager';
import { clear } from './terminal';

/**
 * Runs a lesson's programs, and then offers what was seen: the timeline, the keys, a prompt.
 * @returns the key that led away
 */
export async function runScreen(session: Session, lesson: Lesson): Promise<string> {
  for (;;) {
    const ran = await running(session, lesson);
    const key = await offerEvidence(session, lesson, ran);
    if (key !== 'r') return key;
    clear(session);
  }
}

async function running(session: Session, lesson: Lesson): Promise<Ran | undefined> {
  try {
    return await takingInterrupts(session.signal, (stop) => runAll(session, [lesson.id], stop));
  } catch (error) {
    session.signal.throwIfAborted();
    session.say(errorText(errorReport(error), session.screen));
    return undefined;
  }
}

async function offerEvidence(
  session: Session,
  lesson: Lesson,
  ran: Ran | undefined,
): Promise<string> {
  const evidence = ran?.evidence;
  const keys = [
    ...(evidence
      ? [
          { key: 't', does: 'timeline' },
          { key: 'k', does: 'keys' },
          ...(session.workspace.readOnly ? [] : [{ key: 'i', does: 'its Redis' }]),
        ]
      : []),
    { key: 'r', does: 'again' },
    { key: 'Enter', does: 'back' },
  ];
  const offer = () => session.say(`\n${keyLine(keys, session.screen).join('\n')}`);
  const drawAgain = () => {
    clear(session);
    if (evidence) session.say(transcript(evidence.output, session.screen, '').join('\n'));
    offer();
  };
  for (;;) {
    offer();
    const key = await pressedKey(session, drawAgain);
    if (!evidence || !/^[tki]$/.test(key)) return key;
    if (key === 'i') await playground(session, lesson.id);
    else {
      const look = key === 't' ? { timeline: true } : { keys: true };
      await page(session, () => evidenceText(evidence, look, session.screen));
    }
    clear(session);
    session.say(transcript(evidence.output, session.screen, '').join('\n'));
  }
}
