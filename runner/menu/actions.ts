import { hasFurther } from '../commands/further';
import { playground } from '../commands/redis/playground';
import { reset } from '../commands/reset';
import { Interruption, type Session } from '../commands/session';
import { twinFacts } from '../commands/show';
import { hasSnapshot, type Lesson } from '../course/lesson';
import { errorReport, errorText } from '../report/terminal/error-report';
import { type KeyHint, keyLine } from '../report/terminal/keys';
import { lessonPage } from '../report/terminal/lesson-page';
import type { MenuExit } from './choice';
import { pressedKey } from './keyboard';
import { page } from './pager';
import { runScreen } from './run-screen';
import { clear } from './terminal';
import { typedCheck, typedHint } from './typed-actions';
import { WatchScreen } from './watch-screen';

/** One thing to do with a lesson. */
export interface Action {
  name: string;
  /** The key that does it without moving there. */
  key: string;
  label: string;
  /** Where it leads, if it leaves the lesson. */
  leads?: MenuExit;
  /** Does it, and waits for a key. @returns the key; or the action to go on with */
  act(): Promise<string>;
}

/** What can be done with a lesson, in the order of the menu. */
export function actionsOf(session: Session, lesson: Lesson): Action[] {
  const at = session.lessons.indexOf(lesson);
  const [previous, next] = [session.lessons[at - 1], session.lessons[at + 1]];
  const { readOnly } = session.workspace;
  const dump = hasSnapshot(lesson);
  const own = !readOnly;
  const all: (Action | false)[] = [
    action('read', 'l', 'Read the lesson', () => reading(session, lesson)),
    dump && action('redis', 'r', 'Type commands at a Redis', () => prompting(session)),
    !dump &&
      own &&
      action('edit', 'e', 'Open my file in my editor', () => editing(session, lesson)),
    action('check', 'c', checkLabel(session), () => checking(session, lesson)),
    !dump && action('run', 'r', 'Run my code', () => runScreen(session, lesson)),
    own && action('hint', 'h', 'A hint', () => typedHint(session, lesson)),
    action('solution', 's', solutionLabel(session), () => solving(session, lesson)),
    hasFurther(lesson) &&
      action('further', 'f', 'What goes further than the task', () =>
        solving(session.with({ further: true }), lesson),
      ),
    !dump && action('worked', 'v', 'Run the worked version', () => runWorked(session, lesson)),
    own && action('reset', 'x', 'Start over', () => resetting(session, lesson)),
    next !== undefined && leading('next', 'n', `Next: ${next.title}`, next),
    ...session.shelf.twinsOf(lesson).map((twin, place) => {
      const when = lesson.twins.length > 0 ? 'Then' : 'Now';
      return leading(`twin ${place}`, ['o', 'u'][place] ?? '', `${when}: ${twin.title}`, twin);
    }),
    previous !== undefined && leading('previous', 'p', `Previous: ${previous.title}`, previous),
    leading('back', 'b', 'Back to the list', 'back'),
    leading('quit', 'q', 'Quit', 'quit'),
  ];
  return all.filter((one) => one !== false);
}

/** The action that a key stands for. */
export function actionFor(actions: readonly Action[], key: string): Action | undefined {
  return actions.find((one) => one.key === (key === 'escape' ? 'b' : key));
}

function action(name: string, key: string, label: string, act: () => Promise<string>): Action {
  return { name, key, label, act };
}

function leading(name: string, key: string, label: string, leads: MenuExit): Action {
  return { name, key, label, leads, act: async () => '' };
}

function checkLabel({ screen }: Session): string {
  return screen.live ? 'Check, now and at each save' : 'Check it';
}

function solutionLabel({ workspace }: Session): string {
  return workspace.readOnly ? 'The worked version' : 'The worked version beside mine';
}

function reading(session: Session, lesson: Lesson): Promise<string> {
  const keys = [
    { key: 'c', does: 'check' },
    { key: 'r', does: 'run' },
  ];
  return page(session, () => lessonPage(lesson, session.screen, twinFacts(session, lesson)), keys);
}

async function checking(session: Session, lesson: Lesson): Promise<string> {
  if (!session.screen.live) return typedCheck(session, lesson);
  const end = await new WatchScreen(session, lesson).show();
  return typeof end === 'string' ? end : 'b';
}

async function editing(session: Session, lesson: Lesson): Promise<string> {
  const { edit } = await import('../commands/edit');
  try {
    await edit(session, lesson.id);
  } catch (error) {
    return after(session, Promise.reject(error));
  }
  // After editing, the verdict is what is wanted next.
  return session.screen.live ? 'c' : '';
}

function runWorked(session: Session, lesson: Lesson): Promise<string> {
  return runScreen(session.with({ solution: true }), lesson);
}

async function prompting(session: Session): Promise<string> {
  try {
    await playground(session);
    return '';
  } catch (error) {
    return after(session, Promise.reject(error));
  }
}

async function solving(session: Session, lesson: Lesson): Promise<string> {
  const passed = session.status(lesson).entry?.passedAt !== undefined;
  if (!passed && !(await agreed(session, 'You have not passed yet. See the answer?'))) return '';
  const { versionsBesideOwn } = await import('../commands/solution');
  return page(session, () => versionsBesideOwn(session, lesson));
}

async function resetting(session: Session, lesson: Lesson): Promise<string> {
  const question = 'Put the starter back? What you have is kept under a dated name.';
  if (!(await agreed(session, question))) return '';
  return after(session, reset(session, lesson.id));
}

async function agreed(session: Session, question: string): Promise<boolean> {
  const ask = () => {
    session.say('');
    session.sayParagraph(`${question}\n`);
    session.say(keyLine(yesOrNo, session.screen).join('\n'));
  };
  ask();
  const askAgain = () => {
    clear(session);
    ask();
  };
  return (await pressedKey(session, askAgain)) === 'y';
}

const yesOrNo: KeyHint[] = [
  { key: 'y', does: 'yes' },
  { key: 'n', does: 'no' },
];

/** Waits for the work, shows what went wrong with it, and waits for a key. */
export async function after(session: Session, work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    session.signal.throwIfAborted();
    if (error instanceof Interruption) throw error;
    session.say(errorText(errorReport(error), session.screen));
  }
  session.say(`\n${keyLine([{ key: 'Enter', does: 'back' }], session.screen).join('\n')}`);
  return pressedKey(session);
}
