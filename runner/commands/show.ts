import { lookUp } from '../course/lookup';
import { lessonPage } from '../report/terminal/lesson-page';
import type { ExitCode, Session } from './session';

/** `show N`: the text of a lesson. */
export async function show(session: Session, word: string): Promise<ExitCode> {
  const { lesson } = lookUp(session.lessons, word);
  session.say(await lessonPage(lesson, session.screen));
  return 0;
}
