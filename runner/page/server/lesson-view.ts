import { hasFurther } from '../../commands/further';
import type { Session } from '../../commands/session';
import { hasPassed } from '../../commands/solution';
import type { Lesson } from '../../course/lesson';
import { fileLabel } from '../../report/terminal/lesson-page';
import type { OpenedLesson } from '../protocol';
import { readLessonFile } from './lesson-file';
import { readText } from './lesson-text';
import type { Workbench } from './workbench';

/** A lesson opened: its text, its files as they lie there, and how its last check went. */
export function openedLesson(session: Session, bench: Workbench, lesson: Lesson): OpenedLesson {
  const { shelf } = session;
  const { folder } = session.of(lesson).workspace;
  const verdict = bench.verdictOn(lesson);
  return {
    course: lesson.course,
    id: lesson.id,
    address: shelf.addressOf(lesson),
    number: lesson.number,
    title: lesson.title,
    facts: [
      lesson.level,
      `about ${lesson.minutes} minutes`,
      `you write ${lesson.files.map((name) => fileLabel(lesson, name)).join(' and ')}`,
    ],
    text: readText(lesson.text.replace(/^# .*\n+/, ''), lesson.cells),
    files: lesson.files.map((name) => readLessonFile(lesson, folder, name)),
    hasHints: lesson.hints.length > 0,
    hasFurther: hasFurther(lesson),
    solutionOpen: hasPassed(session.of(lesson), lesson),
    twins: shelf.twinsOf(lesson).map((twin) => ({
      course: twin.course,
      id: twin.id,
      title: twin.title,
      address: shelf.addressOf(twin),
    })),
    ask: lesson.ask ?? [],
    ...(verdict ? { verdict } : {}),
    checking: bench.isChecking(lesson),
  };
}
