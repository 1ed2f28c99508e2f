import type { Lesson } from '../course/lesson';
import { lessonPage } from '../report/terminal/lesson-page';
import type { ExitCode, Session } from './session';

/** `show N`: the text of a lesson. */
export async function show(session: Session, word: string): Promise<ExitCode> {
  const { lesson } = session.find(word);
  session.say(await lessonPage(lesson, session.screen, twinFacts(session, lesson)));
  return 0;
}

/** The lessons of other courses that do the same work, each in a line. */
export function twinFacts({ shelf }: Session, lesson: Lesson): string[] {
  const when = lesson.twins.length > 0 ? 'Then' : 'Now';
  return shelf
    .twinsOf(lesson)
    .map((twin) => `${when}: lesson ${shelf.addressOf(twin)}, ${twin.title}`);
}
