import { redisName, type Session } from '../commands/session';
import type { Lesson } from '../course/lesson';
import type { LessonStatus } from '../course/progress/lesson-status';
import { keyLine } from '../report/terminal/keys';
import { lessonRow, progressBar } from '../report/terminal/lesson-list';
import { columnsOf, cut, pad } from '../report/terminal/wrap';
import type { Choice } from './choice';
import { choose, search } from './prompt';
import { clear } from './terminal';

/**
 * Shows the lessons with their states and has one chosen.
 * @param current where to begin; without it, at the first that is not passed
 * @returns undefined where the learner quits
 */
export async function chooseLesson(
  session: Session,
  current: Lesson | undefined,
): Promise<Lesson | undefined> {
  const redis = redisName(await session.redis());
  for (;;) {
    const statuses = session.statuses();
    const start = current ?? statuses.find(({ state }) => state !== 'passed')?.lesson;
    const answer = await choose(session, {
      heading: heading(session, statuses, redis),
      choices: choices(session, statuses),
      start: start?.id ?? statuses[0]?.lesson.id ?? '',
      foot: keyLine(keys(session), session.screen).join('\n'),
      onKey: (key) => {
        if (key === 'q') return 'quit:';
        if (key === '/') return 'search:';
        return /^[a-z0-9]$/i.test(key) && !/[jk]/.test(key) ? `search:${key}` : undefined;
      },
    });
    if (answer !== 'stale') {
      const { value } = answer;
      if (value === 'quit:') return undefined;
      const found = value.startsWith('search:')
        ? await searched(session, statuses, value.slice('search:'.length))
        : value;
      const lesson = session.lessons.find(({ id }) => id === found);
      if (lesson) return lesson;
    }
    clear(session);
  }
}

function heading(session: Session, statuses: readonly LessonStatus[], redis: string): string {
  const { paint, width, glyphs, plain } = session.screen;
  const name = 'Queuing workbook';
  if (plain) return `${name}. ${redis}. ${progressBar(statuses, session.screen)}.`;
  const room = width - columnsOf(name) - 6;
  const aside = cut(redis, room, glyphs.ellipsis);
  return [
    `  ${paint('bold', name)}  ${paint('dim', pad('', room - columnsOf(aside)) + aside)}`,
    `  ${progressBar(statuses, session.screen)}`,
    ' ',
  ].join('\n');
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
