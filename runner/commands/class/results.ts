import path from 'node:path';
import { classPage } from '../../class/page/class-page';
import { classTable } from '../../class/results/class-table';
import { gradesCsv } from '../../class/results/grades-csv';
import { jsonLines } from '../../class/results/json-lines';
import { ResultsFolder } from '../../class/results/results-folder';
import { terminalFailures } from '../../class/results/terminal-failures';
import { terminalTable } from '../../class/results/terminal-table';
import type { ExitCode, Session } from '../session';

/**
 * `class results [FOLDER]`: the table of the class that was graded last there, and what it has not
 * understood; or the same as JSON, CSV or a page. Nothing is graded.
 */
export async function showResults(session: Session, folder: string | undefined): Promise<ExitCode> {
  const results = new ResultsFolder(folder);
  const { record } = results;
  const table = classTable(record, results);
  const { json, csv, html } = session.options;
  const wrote = (name: string, text: string) => {
    results.write(name, text);
    const file = path.join(results.folder, name);
    session.say(`  Written: ${session.screen.link(file, file)}`);
  };
  if (json) session.print(jsonLines(table));
  if (csv) wrote(`grades-${csv}.csv`, gradesCsv(csv, table, record.title));
  if (html) wrote('class.html', classPage(table, record));
  if (json || csv || html) return 0;
  session.say(terminalTable(table, session.screen));
  const failures = terminalFailures(table, session.screen);
  if (failures !== '') session.say(`\n${failures}`);
  return 0;
}
