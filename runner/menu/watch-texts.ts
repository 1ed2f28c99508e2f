import path from 'node:path';
import { redisName, type Session } from '../commands/session';
import { furtherVersion, workedVersion } from '../course/course';
import { findFile } from '../course/folder/workspace';
import type { Graded } from '../course/grading';
import type { Lesson } from '../course/lesson';
import { verdictReport } from '../report/terminal/verdict-report';
import { columnsOf, wrap } from '../report/terminal/wrap';

/** A verdict with, after a pass, links to the worked version. */
export function verdictText(session: Session, graded: Graded): string {
  const { screen } = session;
  // The report moves closer together where it would not fit otherwise.
  const fitting = { ...screen, height: screen.height - keyRows };
  const report = verdictReport(graded, fitting, { wholeOutput: 'r', keys: [] });
  if (graded.verdict.verdict !== 'passed') return report;
  const { files } = graded.lesson;
  const worked = files.map((name) => workedVersion(session.course, name, graded.lesson));
  const further = files.flatMap((name) => furtherVersion(graded.lesson, name) ?? []);
  const lines = [
    '  The worked version:',
    ...worked.map((file) => linkTo(file, screen)),
    ...(further.length > 0 ? ['  What goes further:'] : []),
    ...further.map((file) => linkTo(file, screen)),
  ];
  return `${report}\n${lines.join('\n')}`;
}

/** A line that can be clicked where the terminal can. */
function linkTo(file: string, screen: Session['screen']): string {
  const folder = path.basename(path.dirname(file));
  return `    ${screen.link(`${folder}/${path.basename(file)}`, file)}`;
}

/** A lesson before its first verdict. */
export async function openingText(session: Session, lesson: Lesson): Promise<string> {
  const redis = redisName(await session.redis());
  return `${titleText(session, lesson)}  ${session.screen.paint('dim', redis)}\n`;
}

/** A lesson's number and title. */
export function titleText({ screen }: Session, { number, title }: Lesson): string {
  return `  ${screen.paint('bold', `${number}  ${title}`)}\n`;
}

/** What is asked before the worked version is shown to a learner who has not passed. */
export function questionText({ screen }: Session): string {
  return `\n${wrap('You have not passed yet. See the answer?', screen.width, '  ').join('\n')}\n`;
}

/** What stands on the screen until an editor does. */
export function openingEditor({ screen }: Session, file: string): string {
  const sentence = `Opening ${path.basename(file)} in your editor.`;
  return `${wrap(sentence, screen.width, '  ').join('\n')}\n`;
}

/** What to do to have it checked again; the names can be clicked where the terminal can. */
export function saveLine({ screen, workspace }: Session, lesson: Lesson): string {
  const names = lesson.files.map((name) => {
    const file = findFile(lesson, workspace.folder, name) ?? name;
    return screen.link(path.basename(file), file);
  });
  const lines = [`Save ${names.join(' or ')} to check again.`, 'Save to check again.'];
  const line = lines.find((one) => columnsOf(one) + 2 < screen.columns) ?? '';
  return screen.spell(`  ${line}`);
}

/** What the keys, the line below them and a space above take. */
const keyRows = 4;
