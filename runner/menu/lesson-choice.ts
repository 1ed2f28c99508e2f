import { redisName, type Session } from '../commands/session';
import type { Course } from '../course/course';
import type { Lesson } from '../course/lesson';
import type { LessonStatus } from '../course/progress/lesson-status';
import { keyLine } from '../report/terminal/keys';
import { lessonRow, progressBar, progressWords } from '../report/terminal/lesson-list';
import { columnsOf, cut, pad } from '../report/terminal/wrap';
import type { Choice } from './choice';
import { choose, search } from './prompt';
import { clear } from './terminal';

/**
 * Shows the lessons with their states and has one chosen, or another course.
 * @param current where to begin; without it, at the first that is not passed
 * @returns `page` for the page in the browser; undefined where the learner quits
 */
export async function chooseLesson(
  session: Session,
  current: Lesson | undefined,
): Promise<Lesson | Course | 'page' | undefined> {
  const redis = redisName(await session.redis());
  for (;;) {
    const statuses = session.statuses();
    const start = current ?? statuses.find(({ state }) => state !== 'passed')?.lesson;
    const answer = await choose(session, {
      heading: heading(session, statuses, redis),
      choices: [...choices(session, statuses), ...otherCourses(session)],
      start: start?.id ?? statuses[0]?.lesson.id ?? '',
      foot: keyLine(keys(session), session.screen).join('\n'),
      onKey: (key) => {
        if (key === 'q') return 'quit:';
        if (key === 'o') return 'page:';
        if (key === '/') return 'search:';
        if (key === 'tab') return courseAfter(session);
        return /^[a-z0-9]$/i.test(key) && !/[jk]/.test(key) ? `search:${key}` : undefined;
      },
    });
    if (answer !== 'stale') {
      const { value } = answer;
      if (value === 'quit:') return undefined;
      if (value === 'page:') return 'page';
      const found = value.startsWith('search:')
        ? await searched(session, statuses, value.slice('search:'.length))
        : value;
      const lesson = session.lessons.find(({ id }) => id === found);
      if (lesson) return lesson;
      const course = session.shelf.courses.find(({ id }) => courseValue(id) === found);
      if (course) return course;
    }
    clear(session);
  }
}

function heading(session: Session, statuses: readonly LessonStatus[], redis: string): string {
  const { paint, width, glyphs, plain } = session.screen;
  const name = 'Queuing workbook';
  const { shelf, course } = session;
  if (plain) {
    const open = shelf.isSingle ? '' : ` ${course.title}:`;
    return `${name}. ${redis}.${open} ${progressBar(statuses, session.screen)}.`;
  }
  const room = width - columnsOf(name) - 6;
  const aside = cut(redis, room, glyphs.ellipsis);
  return [
    `  ${paint('bold', name)}  ${paint('dim', pad('', room - columnsOf(aside)) + aside)}`,
    ...(shelf.isSingle
      ? [`  ${progressBar(statuses, session.screen)}`]
      : courseRows(session, statuses)),
    ' ',
  ].join('\n');
}

/**
 * The courses with how far each is done; the open one is marked, and the bars are of one length.
 * @param open how the lessons of the open one stand
 */
function courseRows(session: Session, open: readonly LessonStatus[]): string[] {
  const { screen, shelf } = session;
  const titles = Math.max(...shelf.courses.map(({ title }) => columnsOf(title)));
  const room = Math.max(0, Math.min(titles, screen.width - 40));
  const rows = shelf.courses.map((course) => ({
    course,
    statuses: course === session.course ? open : session.statusesOf(course),
  }));
  const words = Math.max(...rows.map(({ statuses }) => progressWords(statuses).length));
  return rows.map(({ course, statuses }) => {
    const title = pad(cut(course.title, room, screen.glyphs.ellipsis), room);
    const shorter = words - progressWords(statuses).length;
    const bar = progressBar(statuses, screen, room + 4 + shorter);
    return `  ${course === session.course ? screen.paint(['bold', 'cyan'], title) : title}  ${bar}`;
  });
}

/** The courses that are not open, below the lessons of the one that is. */
function otherCourses(session: Session): Choice[] {
  const { screen, shelf } = session;
  return shelf.courses
    .filter((course) => course !== session.course)
    .map((course) => {
      const value = courseValue(course.id);
      if (screen.live) return { name: `${screen.glyphs.next} ${course.title}`, value };
      const progress = progressBar(session.statusesOf(course), screen);
      return { name: `the course “${course.title}”, ${progress}`, value, key: course.id };
    });
}

function courseValue(id: string): string {
  return `course:${id}`;
}

/** What Tab leads to; nothing if there is but one course. */
function courseAfter({ shelf, course }: Session): string | undefined {
  if (shelf.isSingle) return undefined;
  const { courses } = shelf;
  const next = courses[(courses.indexOf(course) + 1) % courses.length];
  return next && courseValue(next.id);
}

function choices(session: Session, statuses: readonly LessonStatus[]): Choice[] {
  const { screen } = session;
  return statuses.map((status) => {
    const { lesson, state } = status;
    const key = String(lesson.number);
    if (!screen.live) return { name: `${lesson.title}, ${state}`, value: lesson.id, key };
    return { name: lessonRow(status, screen, screen.width - 3), value: lesson.id, key };
  });
}

function keys(session: Session) {
  const arrows = session.screen.glyphs.next === '->' ? 'up/down' : '↑↓';
  return [
    { key: arrows, does: 'move' },
    { key: 'Enter', does: 'open' },
    { key: '/', does: 'search, or type' },
    ...(session.shelf.isSingle ? [] : [{ key: 'Tab', does: 'other course' }]),
    { key: 'o', does: 'browser' },
    { key: 'q', does: 'quit' },
  ];
}

async function searched(
  session: Session,
  statuses: readonly LessonStatus[],
  typed: string,
): Promise<string | undefined> {
  for (;;) {
    clear(session);
    const answer = await search(session, '  Search:', typed, (term) =>
      choices(
        session,
        statuses.filter(({ lesson }) => fits(lesson, term)),
      ),
    );
    if (answer !== 'stale') return answer.value;
  }
}

function fits({ number, id, title, files, words }: Lesson, term: string): boolean {
  const wanted = term.trim().toLowerCase();
  if (/^\d+$/.test(wanted) && String(number).startsWith(wanted)) return true;
  return [id, title, ...files, ...words].some((text) => text.toLowerCase().includes(wanted));
}
