import { check } from '../commands/check';
import { hint } from '../commands/hint';
import { takingInterrupts } from '../commands/interrupt';
import { playground } from '../commands/playground';
import { reset } from '../commands/reset';
import { run } from '../commands/run';
import type { Session } from '../commands/session';
import { workedText } from '../commands/solution';
import { UsageFault } from '../course/fault';
import type { Graded } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { faultOf, faultText } from '../report/fault-report';
import { type KeyHint, keyLine } from '../report/keys';
import { lessonPage } from '../report/lesson-page';
import { pressedKey } from './keyboard';
import type { Onward } from './lesson-menu';
import { page } from './pager';

/** One thing to do with a lesson. */
export interface Action {
  name: string;
  /** The key that does it without moving there. */
  key: string;
  label: string;
  /** Where it leads, for one that leaves the lesson. */
  leads?: Onward;
  /** Does it, and waits for a key. @returns the key */
  act(): Promise<string>;
}

/** What can be done with a lesson, in the order of the menu. */
export function actionsOf(session: Session, lesson: Lesson): Action[] {
  const at = session.lessons.indexOf(lesson);
  const [previous, next] = [session.lessons[at - 1], session.lessons[at + 1]];
  const { readOnly } = session.workspace;
  const aboutDump = lesson.files.includes('dump.rdb');
  return [
    action('read', 'l', 'Read the lesson', async () =>
      page(session, await lessonPage(lesson, session.screen)),
    ),
    ...(aboutDump
      ? [action('redis', 'r', 'Type commands at a Redis', () => after(session, prompting(session)))]
      : [action('run', 'r', 'Run my code', () => running(session, lesson))]),
    action('check', 'c', 'Check it', () => checking(session, lesson)),
    ...(readOnly ? [] : [action('hint', 'h', 'A hint', () => hinting(session, lesson))]),
    ...(aboutDump
      ? []
      : [action('worked', 'w', 'Run the worked version', () => running(worked(session), lesson))]),
    action('solution', 's', 'See the worked version', () => solving(session, lesson)),
    ...(readOnly ? [] : [action('reset', 'x', 'Start over', () => resetting(session, lesson))]),
    ...(next ? [leading('next', 'n', `Next: ${next.title}`, next)] : []),
    ...(previous ? [leading('previous', 'p', `Previous: ${previous.title}`, previous)] : []),
    leading('back', 'b', 'Back to the list', 'back'),
    leading('quit', 'q', 'Quit', 'quit'),
  ];
}

/** The action that a key stands for. */
export function actionFor(actions: readonly Action[], key: string): Action | undefined {
  return actions.find((one) => one.key === (key === 'escape' ? 'b' : key));
}

function action(name: string, key: string, label: string, act: () => Promise<string>): Action {
  return { name, key, label, act };
}

function leading(name: string, key: string, label: string, leads: Onward): Action {
  return { name, key, label, leads, act: async () => '' };
}

function checking(session: Session, lesson: Lesson): Promise<string> {
  const keys = (passed: boolean): KeyHint[] => [
    ...(passed
      ? [
          { key: 'n', does: 'next' },
          { key: 's', does: 'worked version' },
        ]
      : [
          { key: 'c', does: 'check again' },
          { key: 'h', does: 'hint' },
          { key: 'r', does: 'run' },
        ]),
    { key: 'Enter', does: 'back' },
  ];
  const face = ({ verdict }: Graded) => ({
    wholeOutput: 'r runs it',
    keys: keys(verdict.verdict === 'passed'),
  });
  return after(session, check(session, [lesson.id], face), []);
}

function running(session: Session, lesson: Lesson): Promise<string> {
  const work = takingInterrupts(session.signal, (stop) => run(session, [lesson.id], stop));
  return after(session, work);
}

async function prompting(session: Session): Promise<void> {
  await playground(session);
}

function hinting(session: Session, lesson: Lesson): Promise<string> {
  const face = (last: boolean) => [
    last ? { key: 's', does: 'worked version' } : { key: 'h', does: 'next hint' },
    { key: 'Enter', does: 'back' },
  ];
  return after(session, hint(session, lesson.id, face), []);
}

async function solving(session: Session, lesson: Lesson): Promise<string> {
  const passed = session.standing(lesson).entry?.passedAt !== undefined;
  if (!passed && !(await agreed(session, 'You have not passed yet. See the answer?'))) return '';
  return page(session, await workedText(session.lessons, lesson, lesson.files, session.screen));
}

async function resetting(session: Session, lesson: Lesson): Promise<string> {
  const question = 'Put the starter back? What you have is kept under a dated name.';
  if (!(await agreed(session, question))) return '';
  return after(session, reset(session, lesson.id));
}

/** The same session, but about the worked version. */
function worked(session: Session): Session {
  return session.with({ solution: true });
}

async function agreed(session: Session, question: string): Promise<boolean> {
  session.say('');
  session.tell(`${question}\n`);
  session.say(keyLine(yesOrNo, session.screen).join('\n'));
  return (await pressedKey(session)) === 'y';
}

const yesOrNo = [
  { key: 'y', does: 'yes' },
  { key: 'n', does: 'no' },
];

/** Waits for the work, tells what went wrong with it, and waits for a key. */
async function after(
  session: Session,
  work: Promise<unknown>,
  keys: KeyHint[] = [{ key: 'Enter', does: 'back' }],
): Promise<string> {
  try {
    await work;
  } catch (error) {
    session.signal.throwIfAborted();
    session.say(faultText(faultOf(error), session.screen));
    if (keys.length === 0) keys = [{ key: 'Enter', does: 'back' }];
    if (!(error instanceof UsageFault) && session.env.WORKBOOK_DEBUG) session.note(String(error));
  }
  if (keys.length > 0) session.say(`\n${keyLine(keys, session.screen).join('\n')}`);
  return pressedKey(session);
}
