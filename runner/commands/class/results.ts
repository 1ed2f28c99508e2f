import path from 'node:path';
import { classPage } from '../../class/page/class-page';
import { classJunit } from '../../class/results/class-junit';
import { classTable } from '../../class/results/class-table';
import { gradesCsv } from '../../class/results/grades-csv';
import { jsonLines } from '../../class/results/json-lines';
import { ResultsFolder } from '../../class/results/results-folder';
import { terminalFailures } from '../../class/results/terminal-failures';
import { terminalTable } from '../../class/results/terminal-table';
import { junitMark } from '../../report/junit';
import { expectXmlName, givenResultPath, writeResult } from '../result-file';
import type { ExitCode, Session } from '../session';

/**
 * `class results [FOLDER]`: the table of the class that was graded last there, and what it has not
 * understood; or the same as JSON, CSV, JUnit XML or a page. Nothing is graded.
 */
export async function showResults(session: Session, folder: string | undefined): Promise<ExitCode> {
  const { json, csv, html, junit } = session.options;
  const file = typeof junit === 'string' ? junitFile(junit) : undefined;
  const results = new ResultsFolder(folder);
  const { record } = results;
  const table = classTable(record, results);
  const wrote = (name: string, text: string) => {
    results.write(name, text);
    tellWritten(session, path.join(results.folder, name));
  };
  if (json) session.print(jsonLines(table));
  if (csv) wrote(`grades-${csv}.csv`, gradesCsv(csv, table, record.title));
  if (html) wrote('class.html', classPage(table, record));
  if (junit !== undefined) {
    const text = classJunit(table, record.gradedAt);
    if (file === undefined) session.print(text);
    else {
      writeResult(file, text, ownerFile);
      tellWritten(session, file);
    }
  }
  if (json || csv || html || junit) return 0;
  session.say(terminalTable(table, session.screen));
  const failures = terminalFailures(table, session.screen);
  if (failures !== '') session.say(`\n${failures}`);
  return 0;
}

/** @throws UsageError for a name that is no XML file's: the results folder, say */
function junitFile(given: string): string {
  expectXmlName(given, 'folder');
  return givenResultPath(given, { name: 'class.xml', mark: junitMark, option: '--junit' });
}

/** It holds people's names. */
const ownerFile = 0o600;

function tellWritten(session: Session, file: string): void {
  session.say(`  Written: ${session.screen.link(file, file)}`);
}
