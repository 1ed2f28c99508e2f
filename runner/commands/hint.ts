import { UsageFault } from '../course/fault';
import { nextHint } from '../course/hints';
import { lookUp } from '../course/lookup';
import { keyLine } from '../report/keys';
import { markdown } from '../report/markdown';
import type { ExitCode, Session } from './session';

/** `hint N`: the next hint, from a nudge to the answer. */
export async function hint(session: Session, word: string): Promise<ExitCode> {
  const { lesson } = lookUp(session.lessons, word);
  if (session.workspace.readOnly) {
    throw new UsageFault('Hints go with your workspace, not with --dir.', 'Leave --dir out.');
  }
  const given = nextHint(lesson, session.workspace.folder);
  const { paint } = session.screen;
  if (!given) {
    session.say(`Lesson ${lesson.number} has no hints.`);
    return 0;
  }
  const last = given.place === given.of;
  session.say(`\n  ${paint('cyan', `hint ${given.place} of ${given.of}`)}  ${lesson.title}\n\n`);
  session.say(`${await markdown(given.hint.text, session.screen)}\n\n`);
  const keys = last
    ? [{ key: session.command(`solution ${lesson.number}`), does: 'the worked version' }]
    : [{ key: session.command(`hint ${lesson.number}`), does: 'the next hint' }];
  session.say(keyLine(keys, session.screen).join('\n'));
  return 0;
}
