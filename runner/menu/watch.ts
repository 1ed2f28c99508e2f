import type { ExitCode, Session } from '../commands/session';
import { lookUp } from '../course/lookup';
import { rememberLast } from '../course/progress/progress-file';
import { actionFor, actionsOf } from './actions';
import { lessonMenu } from './lesson-menu';
import { clear, refuseSmallTerminal } from './terminal';
import { WatchScreen } from './watch-screen';

/**
 * `watch [N]` at a terminal: one lesson on the screen, graded at each save. Without N it is the
 * lesson that was open last, and saving a file of another lesson goes there.
 */
export async function watch(session: Session, word: string | undefined): Promise<ExitCode> {
  refuseSmallTerminal(session);
  await session.redis();
  let lesson =
    word === undefined
      ? (session.lessons.find(({ id }) => id === session.progress.last) ??
        session.statuses().find(({ state }) => state !== 'passed')?.lesson ??
        session.lessons[0])
      : lookUp(session.lessons, word).lesson;
  while (lesson) {
    const { id } = lesson;
    session.remember((workspace) => rememberLast(workspace, session.course.id, id));
    const end = await new WatchScreen(session, lesson, {
      roams: word === undefined,
      reads: true,
      quits: true,
    }).show();
    if (typeof end !== 'string') {
      lesson = end;
      continue;
    }
    const leads = actionFor(actionsOf(session, lesson), end)?.leads;
    if (leads === 'back') {
      const exit = await lessonMenu(session, lesson);
      if (exit === 'back' || exit === 'quit') break;
      lesson = exit;
    } else if (leads === undefined || leads === 'quit') break;
    else lesson = leads;
  }
  clear(session);
  return 0;
}
