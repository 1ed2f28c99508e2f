import path from 'node:path';
import { classPage } from '../../class/page/class-page';
import { pairFolder, pairPages } from '../../class/page/pair-page';
import { classJunit } from '../../class/results/class-junit';
import { classTable } from '../../class/results/class-table';
import { gradesCsv, unknownThere } from '../../class/results/grades-csv';
import { jsonLines } from '../../class/results/json-lines';
import { ResultsFolder } from '../../class/results/results-folder';
import { terminalFailures } from '../../class/results/terminal-failures';
import { terminalTable } from '../../class/results/terminal-table';
import { compareClass } from '../../class/similarity/class-comparison';
import { terminalPairs } from '../../class/similarity/terminal-pairs';
import { junitMark } from '../../report/junit';
import { expectName, givenResultPath, writeResult } from '../result-file';
import type { ExitCode, Session } from '../session';

/**
 * `class results [FOLDER]`: the table of the class that was graded last there, and what it has not
 * understood; or the same as JSON, CSV, JUnit XML or a page; or who has the same code. Nothing is graded.
 * @throws EnvironmentError if code is to be compared, and no folder of a learner is there any more
 */
export async function showResults(session: Session, folder: string | undefined): Promise<ExitCode> {
  const { json, csv, html, junit, similar } = session.options;
  const file = typeof junit === 'string' ? junitFile(junit) : undefined;
  const results = new ResultsFolder(folder);
  const { record } = results;
  const table = classTable(record, results);
  const most = html ? mostPages : mostOnScreen;
  const comparison = similar ? compareClass(record, session.shelf.courses, most) : undefined;
  const wrote = (name: string, text: string) => {
    results.write(name, text);
    tellWritten(session, path.join(results.folder, name));
  };
  if (json) session.print(jsonLines(table));
  if (csv) {
    wrote(`grades-${csv}.csv`, gradesCsv(csv, table, record.title));
    const unknown = csv === 'long' ? [] : unknownThere(table);
    if (unknown.length > 0) session.note(unknownNote(unknown));
  }
  if (html) {
    if (comparison) results.writeAnew(pairFolder, pairPages(comparison));
    wrote('class.html', classPage(table, record, comparison));
  }
  if (junit !== undefined) {
    const text = classJunit(table, record.gradedAt);
    if (file === undefined) session.print(text);
    else {
      writeResult(file, text, ownerFile);
      tellWritten(session, file);
    }
  }
  if (json || csv || html || junit) return 0;
  if (comparison) {
    session.say(terminalPairs(comparison, session.screen));
    return 0;
  }
  session.say(terminalTable(table, session.screen));
  const failures = terminalFailures(table, session.screen);
  if (failures !== '') session.say(`\n${failures}`);
  return 0;
}

function unknownNote(names: readonly string[]): string {
  const [first = ''] = names;
  const who = names.length === 1 ? `${first} has` : `${names.length} learners have`;
  return `${who} neither an id nor an email, by which the platform finds them. Give them in a roster: class grade --roster FILE.`;
}

/** How many pairs of learners are told of: each page shows two learners' files. */
const mostPages = 50;
const mostOnScreen = 10;

/** @throws UsageError for a name that is no XML file's: the results folder, say */
function junitFile(given: string): string {
  expectName(given, classXml, 'folder');
  return givenResultPath(given, classXml);
}

const classXml = { name: 'class.xml', mark: junitMark, option: '--junit' };

/** It holds people's names. */
const ownerFile = 0o600;

function tellWritten(session: Session, file: string): void {
  session.say(`  Written: ${session.screen.link(file, file)}`);
}
