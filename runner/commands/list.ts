import { keyLine } from '../report/terminal/keys';
import { lessonList } from '../report/terminal/lesson-list';
import type { ExitCode, Session } from './session';

/** `list`: the lessons, with progress, and how to go on. */
export async function list(session: Session): Promise<ExitCode> {
  const { shelf, screen } = session;
  const statuses = session.statuses();
  const next = statuses.find(({ state }) => state !== 'passed') ?? statuses[0];
  const number = next ? session.addressOf(next.lesson) : '0';
  const keys = [
    { key: session.command(`show ${number}`), does: 'read a lesson' },
    { key: session.command(`run ${number}`), does: 'run what you wrote' },
    { key: session.command(`check ${number}`), does: 'see whether it does what the task asks' },
    { key: session.command('--help'), does: 'everything else' },
  ];
  const others = shelf.courses.filter((one) => one !== session.course);
  const title = others.length > 0 ? [session.course.title] : [];
  session.say(lessonList(statuses, screen, ...title));
  for (const other of others) {
    session.say(lessonList(session.statusesOf(other), screen, `${other.title} (${other.id}/N)`));
  }
  if (statuses.some(({ lesson }) => lesson.level === 'advanced')) {
    session.say(`\n  ${session.screen.paint('dim', '* advanced')}`);
  }
  session.say(`\n  Your files: ${session.workspace.folder}\n\n`);
  session.say(keyLine(keys, session.screen).join('\n'));
  return 0;
}
