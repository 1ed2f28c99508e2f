import type { ExitCode, Session } from '../commands/session';
import { rememberLast } from '../course/progress/progress-file';
import { actionFor, actionsOf } from './actions';
import { lessonMenu } from './lesson-menu';
import { clear } from './terminal';
import { WatchScreen } from './watch-screen';

/**
 * `watch [N]` at a terminal: one lesson on the screen, graded at each save. Without N it is the
 * lesson that was open last, and saving a file of another lesson goes there.
 */
export async function watch(session: Session, word: string | undefined): Promise<ExitCode> {
  await session.redis();
  const open = session.atLast();
  let lesson =
    word === undefined
      ? (open.lessons.find(({ id }) => id === open.progress.last) ??
        open.statuses().find(({ state }) => state !== 'passed')?.lesson ??
        open.lessons[0])
      : session.find(word).lesson;
  while (lesson) {
    const { id, course } = lesson;
    const own = session.of(lesson);
    session.remember((workspace) => rememberLast(workspace, course, id));
    const end = await new WatchScreen(own, lesson, {
      roams: word === undefined,
      reads: true,
      quits: true,
    }).show();
    if (typeof end !== 'string') {
      lesson = end;
      continue;
    }
    const leads = actionFor(actionsOf(own, lesson), end)?.leads;
    if (leads === 'back') {
      const exit = await lessonMenu(own, lesson);
      if (exit === 'back' || exit === 'quit') break;
      lesson = exit;
    } else if (leads === undefined || leads === 'quit') break;
    else lesson = leads;
  }
  clear(session);
  return 0;
}
