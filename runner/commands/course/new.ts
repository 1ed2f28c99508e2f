import { newCourse } from '../../course/authoring/new-course';
import type { ExitCode, Session } from '../session';

/** `course new PATH`: lays out a course of one working lesson, to begin from. */
export async function makeCourse(session: Session, given: string): Promise<ExitCode> {
  const files = newCourse(given);
  const typed = /\s/.test(given) ? `"${given}"` : given;
  session.say(`  ${given}\n${files.map((file) => `    ${file}`).join('\n')}\n`);
  session.sayParagraph(`Test it as its author: ${session.command(`course check ${typed}`)}`);
  session.sayParagraph(`Learn it: ${session.command(`--course ${typed}`)}`);
  return 0;
}
