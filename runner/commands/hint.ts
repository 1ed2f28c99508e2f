import { UsageFault } from '../course/fault';
import { nextHint } from '../course/hints';
import { lookUp } from '../course/lookup';
import { type KeyHint, keyLine } from '../report/keys';
import { markdown } from '../report/markdown';
import { wrap } from '../report/wrap';
import type { ExitCode, Session } from './session';

/** `hint N`: the next hint, from a nudge to the answer. */
export async function hint(
  session: Session,
  word: string,
  face: (last: boolean) => KeyHint[] = (last) => typed(session, word, last),
): Promise<ExitCode> {
  const { lesson } = lookUp(session.lessons, word);
  if (session.workspace.readOnly) {
    throw new UsageFault('Hints go with your workspace, not with --dir.', 'Leave --dir out.');
  }
  const given = nextHint(lesson, session.workspace.folder);
  const { paint } = session.screen;
  if (!given) {
    session.tell(`Lesson ${lesson.number} has no hints.`);
    return 0;
  }
  const last = given.place === given.of;
  session.say(`\n  ${paint('cyan', `hint ${given.place} of ${given.of}`)}`);
  session.say(`${wrap(lesson.title, session.screen.width, '  ').join('\n')}\n\n`);
  session.say(`${await markdown(given.hint.text, session.screen)}\n\n`);
  session.say(keyLine(face(last), session.screen).join('\n'));
  return 0;
}

function typed(session: Session, word: string, last: boolean): KeyHint[] {
  return last
    ? [{ key: session.command(`solution ${word}`), does: 'the worked version' }]
    : [{ key: session.command(`hint ${word}`), does: 'the next hint' }];
}
