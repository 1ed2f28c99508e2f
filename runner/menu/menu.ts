import type { ExitCode, Session } from '../commands/session';
import type { Lesson } from '../course/lesson';
import { rememberLast } from '../course/progress/progress-file';
import { PageBesideMenu } from './browser-page';
import { chooseLesson } from './lesson-choice';
import { clear } from './terminal';

/**
 * The menu: the lessons, and for one of them what can be done with it.
 * @throws Interruption at Ctrl-C
 */
export async function menu(session: Session): Promise<ExitCode> {
  // Reported before anything is drawn: without a Redis there is no menu.
  await session.redis();
  // While the learner looks at the list; what fails here fails again, and is reported, when it is needed.
  setTimeout(() => loadLessonMenu().catch(() => {}), drawn).unref();
  setTimeout(() => loadMarkdown().catch(() => {}), firstLook).unref();
  let open = session.atLast();
  let current = open.lessons.find(({ id }) => id === open.progress.last);
  const beside = new PageBesideMenu(session);
  try {
    for (;;) {
      clear(session);
      const chosen = await chooseLesson(open, current);
      if (!chosen) break;
      if (chosen === 'page') {
        await beside.show();
        continue;
      }
      if ('lessons' in chosen) {
        open = session.at(chosen);
        current = open.lessons.find(({ id }) => id === open.progress.last);
        continue;
      }
      current = await walk(session, chosen);
      if (!current) break;
      open = session.of(current);
    }
  } finally {
    await beside.close();
  }
  clear(session);
  farewell(open);
  return 0;
}

/** The list stands there sooner without what is behind it. */
async function loadLessonMenu() {
  return (await import('./lesson-menu')).lessonMenu;
}

async function loadMarkdown() {
  return (await import('../report/terminal/markdown')).loadMarkdown();
}

/** By when the list is drawn, and by when nobody has read it yet, in milliseconds. */
const drawn = 40;
const firstLook = 250;

/** Where things stand, as the last line in the terminal. */
function farewell(session: Session): void {
  const statuses = session.statuses();
  const passed = statuses.filter(({ state }) => state === 'passed').length;
  session.sayParagraph(
    `${passed} of ${statuses.length} lessons passed. Your files: ${session.workspace.folder}`,
  );
}

/** From lesson to lesson, until the list is wanted again or nothing is. */
async function walk(session: Session, first: Lesson): Promise<Lesson | undefined> {
  const lessonMenu = await loadLessonMenu();
  let lesson = first;
  for (;;) {
    session.remember((workspace) => rememberLast(workspace, lesson.course, lesson.id));
    const next = await lessonMenu(session.of(lesson), lesson);
    if (next === 'quit') return undefined;
    if (next === 'back') return lesson;
    lesson = next;
  }
}
