import { type LessonResult, lessonNames, testCourse } from '../../course/authoring/self-test';
import { surveyCourse } from '../../course/load-course';
import { SelfTestTable } from '../../report/terminal/self-test-table';
import type { ExitCode, Session } from '../session';

/**
 * `course check [PATH]`: the author's self-test of a course, of the one in use without a path. A row a
 * lesson, then what is wrong.
 */
export async function checkCourse(session: Session, given: string | undefined): Promise<ExitCode> {
  const survey = surveyCourse(given ?? session.options.course);
  const embedded = await session.with({ offline: true }).redis();
  const found = session.options.offline ? embedded : await session.redis();
  const server = found.kind === 'embedded' ? undefined : found;
  const table = new SelfTestTable(lessonNames(survey), session.screen);
  if (table.head !== '') session.say(table.head);
  const results: LessonResult[] = [];
  for await (const result of testCourse(
    survey,
    { embedded, ...(server ? { server } : {}) },
    session.signal,
  )) {
    results.push(result);
    session.say(table.row(result));
  }
  const differences = table.differences(results);
  if (differences !== '') session.say(differences);
  const sound = results.filter(({ faults }) => faults.length === 0).length;
  session.say('');
  session.tell(`${sound} of ${results.length} lessons are sound.`);
  if (!server) {
    session.note(
      session.options.offline
        ? 'Worked versions were tried on the embedded Redis only, as --offline asks.'
        : 'There is no redis-server on this machine: worked versions were tried on the embedded Redis only.',
    );
  }
  return sound === results.length ? 0 : 1;
}
