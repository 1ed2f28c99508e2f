import { computed, effect, signal } from '@preact/signals';
import type { LessonName, ListedCourse, ListedLesson, OpenedLesson, State } from '../../protocol';
import { listen } from './connection';
import { Refused, server } from './server';

/** All courses with how their lessons stand. */
export const state = signal<State | undefined>(undefined);

/** The lesson that is open. */
export const lesson = signal<OpenedLesson | undefined>(undefined);

/** What the check of the open lesson does now, in words. */
export const doing = signal('');

/** What went wrong last, to be said. */
export const trouble = signal<{ message: string; next: string } | undefined>(undefined);

/** The course of the open lesson. */
export const course = computed<ListedCourse | undefined>(() =>
  state.value?.courses.find(({ id }) => id === lesson.value?.course),
);

/** The lesson that follows on the open one. */
export const following = computed<ListedLesson | undefined>(() => {
  const lessons = course.value?.lessons ?? [];
  const at = lessons.findIndex(({ id }) => id === lesson.value?.id);
  return at < 0 ? undefined : lessons[at + 1];
});

/** Whether two names are of one lesson. */
export function isSame(one: LessonName | undefined, other: LessonName | undefined): boolean {
  return one?.course === other?.course && one?.id === other?.id;
}

/** The address of a lesson in this page. */
export function linkTo({ course, id }: LessonName): string {
  return `#/${course}/${id}`;
}

/** Reads what is there, opens the lesson of the address, and follows both. */
export async function begin(): Promise<void> {
  listen((event) => {
    if (event.kind === 'state') state.value = event.state;
    if (event.kind === 'missed') void refresh();
    if (event.kind === 'verdict' && isSame(event.lesson, lesson.value)) {
      changeLesson((open) => ({
        ...open,
        verdict: event.verdict,
        checking: false,
        solutionOpen: open.solutionOpen || event.verdict.outcome === 'passed',
      }));
    }
    if (event.kind === 'doing' && isSame(event.lesson, lesson.value)) doing.value = event.words;
    if (event.kind === 'checking' && isSame(event.lesson, lesson.value)) {
      changeLesson((open) => ({ ...open, checking: true }));
      doing.value = '';
    }
  });
  addEventListener('hashchange', () => void follow());
  await attempt(async () => {
    state.value = await server.state();
    await follow();
  });
}

/** Does something that may be refused, and says so if it is. */
export async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
    trouble.value = undefined;
  } catch (error) {
    trouble.value =
      error instanceof Refused
        ? { message: error.message, next: error.next }
        : { message: String(error), next: 'Load this page again.' };
  }
}

function changeLesson(change: (open: OpenedLesson) => OpenedLesson): void {
  if (lesson.value) lesson.value = change(lesson.value);
}

async function refresh(): Promise<void> {
  await attempt(async () => {
    state.value = await server.state();
    if (lesson.value) lesson.value = await server.lesson(lesson.value);
  });
}

/** Opens the lesson that the address names; without one that was open last, or the first. */
async function follow(): Promise<void> {
  const [, course, id] = /^#\/([^/]+)\/([^/]+)$/.exec(location.hash) ?? [];
  const wanted =
    course !== undefined && id !== undefined
      ? { course, id }
      : (state.value?.last ?? state.value?.courses[0]?.lessons[0]);
  if (!wanted || isSame(wanted, lesson.value)) return;
  await attempt(async () => {
    const opened = await server.lesson(wanted);
    lesson.value = opened;
    scrollTo(0, 0);
  });
}

effect(() => {
  const open = lesson.value;
  document.title = open ? `${open.number} ${open.title} · Queuing workbook` : 'Queuing workbook';
});
