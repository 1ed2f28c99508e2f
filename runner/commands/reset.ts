import path from 'node:path';
import { resetLesson } from '../course/folder/reset';
import type { ExitCode, Session } from './session';

/** `reset N`: the starter again; what was there is kept under a dated name. */
export async function reset(session: Session, word: string): Promise<ExitCode> {
  const { lesson } = session.find(word);
  const { workspace } = session.of(lesson);
  const done = resetLesson(lesson, workspace);
  if (done.length === 0)
    session.sayParagraph(`Lesson ${session.addressOf(lesson)} is as it was at the start.`);
  for (const { file, kept } of done) {
    const where = kept ? ` What you had is kept as ${path.relative(workspace.folder, kept)}.` : '';
    session.sayParagraph(`${file} is as it was at the start.${where}`);
  }
  return 0;
}
