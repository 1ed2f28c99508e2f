import { redisName, type Session } from '../commands/session';
import { hasSnapshot, type Lesson } from '../course/lesson';
import type { LessonStatus } from '../course/progress/lesson-status';
import { failureName } from '../report/failure-names';
import { keyLine } from '../report/terminal/keys';
import { look } from '../report/terminal/lesson-list';
import { fileLabel } from '../report/terminal/lesson-page';
import { columnsOf, cut, pad, wrap } from '../report/terminal/wrap';
import { type Action, actionFor, actionsOf } from './actions';
import type { MenuExit } from './choice';
import { choose } from './prompt';
import { clear } from './terminal';

/** One lesson: its state, and what can be done with it, over and over until something leads on. */
export async function lessonMenu(session: Session, lesson: Lesson): Promise<MenuExit> {
  let marked: string | undefined;
  for (;;) {
    clear(session);
    const status = session.status(lesson);
    const actions = actionsOf(session, lesson);
    const answer = await choose(session, {
      heading: heading(session, status, redisName(await session.redis())),
      choices: actions.map(({ key, label, name }) => ({
        name: session.screen.live ? shortLabel(session, key, label) : label,
        value: name,
        key,
      })),
      start: marked ?? firstThought(status),
      foot: keyLine(keys(session), session.screen).join('\n'),
      onKey: (key) => actionFor(actions, key)?.name,
    });
    if (answer === 'stale') continue;
    let action: Action | undefined = actions.find(({ name }) => name === answer.value);
    while (action) {
      if (action.leads) return action.leads;
      marked = action.name;
      clear(session);
      const key: string = await action.act();
      action = actionFor(actions, key);
      // The keys that also mean "go on" close what was shown, and that alone.
      if (action?.leads === 'back') action = undefined;
    }
  }
}

function heading(session: Session, status: LessonStatus, redis: string): string {
  const { screen } = session;
  const { paint, width, glyphs } = screen;
  const { lesson, state, entry } = status;
  const { mark, style } = look(state, screen);
  const room = width - columnsOf(state) - 8;
  const title = pad(cut(lesson.title, room, glyphs.ellipsis), room);
  const facts = [
    ...lesson.files.map((name) => fileLabel(lesson, name)),
    `${lesson.minutes} minutes`,
    redis,
  ];
  const failed = state === 'failed' && entry?.message && entry.class;
  return [
    `  ${paint(style, mark)} ${paint('bold', `${lesson.number}  ${title}`)} ${paint(style, state)}`,
    ...wrap(facts.join(` ${glyphs.dot} `), width, '  ').map((line) => paint('dim', line)),
    ...(failed
      ? wrap(`${nameOf(entry.class)}: ${entry.message}`, width, '  ').map((line) =>
          paint('red', line),
        )
      : []),
    ' ',
  ].join('\n');
}

function shortLabel({ screen }: Session, key: string, label: string): string {
  const short = cut(label, screen.width - 8, screen.glyphs.ellipsis);
  return `${screen.paint('bold', key)}  ${short}`;
}

function nameOf(failure: string | undefined): string {
  return failureName(failure as Parameters<typeof failureName>[0]) ?? failure ?? '';
}

function firstThought({ state, lesson }: LessonStatus): string {
  if (state === 'not started') return 'read';
  if (state === 'passed') return 'next';
  return hasSnapshot(lesson) ? 'redis' : 'check';
}

function keys(session: Session) {
  const arrows = session.screen.glyphs.next === '->' ? 'up/down' : '↑↓';
  return [
    { key: arrows, does: 'move' },
    { key: 'Enter', does: 'do it' },
    { key: 'b', does: 'back' },
    { key: 'q', does: 'quit' },
  ];
}
