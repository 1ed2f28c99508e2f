import type { Lesson } from '../course/lesson';
import { type GivenHint, nextHint, rememberHint } from '../course/progress/hints';
import { UsageError } from '../course/usage-error';
import { type KeyHint, keyLine } from '../report/terminal/keys';
import { markdown } from '../report/terminal/markdown';
import type { Screen } from '../report/terminal/screen';
import { wrap } from '../report/terminal/wrap';
import type { ExitCode, Session } from './session';

/** `hint N`: the next hint, from a nudge to the answer. */
export async function hint(session: Session, word: string): Promise<ExitCode> {
  const { lesson } = session.find(word);
  const text = hintText(session.of(lesson), lesson);
  session.say(await text(session.screen));
  if (lesson.hints.length > 0) {
    session.say(`\n${keyLine(typed(session, word, text.last), session.screen).join('\n')}`);
  }
  return 0;
}

/** A hint that was given, to be drawn for any screen. */
export interface HintText {
  (screen: Screen): Promise<string>;
  /** Whether it was the last one. */
  last: boolean;
}

/**
 * Gives the next hint, and counts it as given.
 * @returns nothing for a lesson without hints
 * @throws UsageError for a folder that is only read
 */
export function giveHint(session: Session, lesson: Lesson): GivenHint | undefined {
  if (session.workspace.readOnly) {
    throw new UsageError('Hints go with your workspace, not with --dir.', 'Leave --dir out.');
  }
  const given = nextHint(lesson, session.workspace.folder, session.course.id);
  if (given)
    session.remember((workspace) => rememberHint(lesson, workspace, session.course.id, given.hint));
  return given;
}

/**
 * As {@link giveHint}, to be drawn.
 * @throws UsageError for a folder that is only read
 */
export function hintText(session: Session, lesson: Lesson): HintText {
  const given = giveHint(session, lesson);
  const draw = async (screen: Screen) => {
    if (!given) return `  Lesson ${session.addressOf(lesson)} has no hints.`;
    const head = `\n  ${screen.paint('cyan', `hint ${given.place} of ${given.of}`)}`;
    const title = wrap(lesson.title, screen.width, '  ').join('\n');
    return `${head}\n${title}\n\n${await markdown(given.hint.text, screen)}\n`;
  };
  return Object.assign(draw, { last: given?.place === given?.of });
}

function typed(session: Session, word: string, last: boolean): KeyHint[] {
  return last
    ? [{ key: session.command(`solution ${word}`), does: 'the worked version' }]
    : [{ key: session.command(`hint ${word}`), does: 'the next hint' }];
}
