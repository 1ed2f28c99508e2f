import path from 'node:path';
import { fingerprint } from '../course/folder/fingerprint';
import { workbookVersion } from '../course/version';
import { reportMark } from '../report/html/head';
import type { ReportedLesson } from '../report/html/model';
import { htmlReport } from '../report/html/report';
import { verdictLine } from '../report/terminal/verdict-report';
import { chosen, exitCodeOf, gradeLessons, summary } from './grade-lessons';
import { resultPath, writeResult } from './result-file';
import type { ExitCode, Session } from './session';

/**
 * `report [N…]`: grades all lessons, or those named, and writes one HTML page to keep or hand in.
 * Where it goes is decided before anything is graded.
 */
export async function report(session: Session, words: readonly string[]): Promise<ExitCode> {
  const lessons = chosen(session, words);
  const { workspace, options } = session;
  const own = !options.solution && !workspace.readOnly;
  const file = resultPath(session, options.out, reportFile);
  const redis = await session.redis();
  const all = await gradeLessons(session, lessons, (graded) => verdictLine(graded, session.screen));
  const page = htmlReport({
    lessons: all.map((graded): ReportedLesson => {
      const edited = fingerprint(graded.files) !== graded.fingerprint;
      const { lesson } = graded;
      const name = session.addressOf(lesson);
      const hints = () => session.of(lesson).progress.lessons[lesson.id]?.hints.length ?? 0;
      return { name, graded, edited, ...(own ? { hints: hints() } : {}) };
    }),
    redis,
    at: new Date(),
    what: options.solution ? 'the worked versions' : path.basename(workspace.folder),
    workbook: workbookVersion(),
    node: process.versions.node,
  });
  writeResult(file, page);
  if (all.length > 1) session.say(`\n${summary(session, all)}`);
  session.say(`\n  The report: ${session.screen.link(file, file)}`);
  return exitCodeOf(all);
}

const reportFile = { name: 'workbook-report.html', mark: reportMark, option: '--out' };
