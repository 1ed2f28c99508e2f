import { redisName, type Session } from '../../commands/session';
import type { LessonStatus } from '../../course/progress/lesson-status';
import { workbookVersion } from '../../course/version';
import { look, progressWords } from '../../report/terminal/lesson-list';
import { describeScreen, type Style } from '../../report/terminal/screen';
import type { ListedLesson, State, Tone } from '../protocol';
import { shownClass } from './class-routes';

/** All courses with how their lessons stand, and what else stands around a lesson. */
export async function courseState(session: Session): Promise<State> {
  const { shelf, workspace } = session;
  const courses = shelf.chosen ? [shelf.chosen] : shelf.courses;
  const { progress, course } = session.atLast();
  return {
    courses: courses.map((one) => {
      const statuses = session.statusesOf(one);
      return {
        id: one.id,
        title: one.title,
        description: one.description,
        progress: progressWords(statuses),
        lessons: statuses.map(listed),
      };
    }),
    ...(progress.last === undefined ? {} : { last: { course: course.id, id: progress.last } }),
    redis: redisName(await session.redis()),
    folder: workspace.folder,
    readOnly: workspace.readOnly,
    workbook: workbookVersion(),
    hasClass: shownClass(session).hasRecord,
  };
}

function listed({ lesson, state, entry }: LessonStatus): ListedLesson {
  const { mark, style } = look(state, screen);
  const { course, id, number, title, level, minutes } = lesson;
  return {
    course,
    id,
    number,
    title,
    level,
    minutes,
    state,
    mark,
    tone: tones[style] ?? 'quiet',
    ...(state === 'failed' && entry?.message !== undefined ? { failure: entry.message } : {}),
  };
}

/** A page has room for the terminal's best signs. */
const screen = describeScreen({}, {});

const tones: Partial<Record<Style, Tone>> = {
  green: 'passed',
  red: 'failed',
  yellow: 'missing',
  cyan: 'begun',
};
