import { readFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../course/usage-error';
import { isRepositoryUrl } from '../submission/repository';
import { readCsv } from './csv';
import { readDate, readMinutes } from './date';
import type { Learner } from './learner';

/** The columns of a roster; the first two it must have. */
const columns = ['name', 'folder', 'due', 'extension', 'id', 'email', 'section'] as const;
type Column = (typeof columns)[number];

/**
 * Reads a roster: CSV whose first line names the columns. A folder or a zip is looked for from where the
 * roster lies; a repository may be a URL. An extension is a date, or a time after the date by which it was due, such as `2 days`.
 * @param due the class's date, for those who have none of their own
 * @throws UsageError that names the line
 */
export function readRoster(file: string, due?: Date): Learner[] {
  const [head = [], ...rows] = readCsv(textOf(file));
  const names = head.map((name) => name.trim().toLowerCase());
  const unknown = names.find((name) => !columns.some((column) => column === name));
  if (unknown !== undefined) {
    throw new UsageError(
      `The roster ${file} has a column "${unknown}".`,
      `Its first line names its columns: name and folder, and where they are wanted ${columns.slice(2).join(', ')}.`,
    );
  }
  for (const needed of ['name', 'folder']) {
    if (names.includes(needed)) continue;
    throw new UsageError(
      `The roster ${file} has no column "${needed}".`,
      'Its first line names its columns, such as: name,folder,due,extension.',
    );
  }
  const learners = rows.map((row, at) => {
    const fields = Object.fromEntries(names.map((name, column) => [name, row[column] ?? '']));
    return learnerOf(fields, { file, line: at + 2, due });
  });
  if (learners.length > 0) return learners;
  throw new UsageError(`The roster ${file} names nobody.`, 'Give each learner a line in it.');
}

interface Row {
  file: string;
  line: number;
  due: Date | undefined;
}

function learnerOf(fields: Partial<Record<Column, string>>, row: Row): Learner {
  const { name = '', folder = '', id, email, section } = fields;
  if (name === '' || folder === '') {
    throw faulty(row, `has no ${name === '' ? 'name' : 'folder'}`, 'Give each learner both.');
  }
  const due = dueOf(fields, row);
  return {
    name,
    folder: isRepositoryUrl(folder) ? folder : path.resolve(path.dirname(row.file), folder),
    ...(id ? { id } : {}),
    ...(email ? { email } : {}),
    ...(section ? { section } : {}),
    ...(due ? { due: due.toISOString() } : {}),
  };
}

function dueOf({ due: own = '', extension = '' }: Partial<Record<Column, string>>, row: Row) {
  const due = own === '' ? row.due : readDate(own);
  if (own !== '' && !due) throw faulty(row, `has "${own}" for a date`, howToWriteDates);
  if (extension === '') return due;
  const date = readDate(extension);
  if (date) return date;
  const minutes = readMinutes(extension);
  if (minutes === undefined) {
    throw faulty(
      row,
      `has "${extension}" for an extension`,
      `${howToWriteDates} Or a time, such as 2 days.`,
    );
  }
  return due && new Date(due.getTime() + minutes * 60_000);
}

const howToWriteDates = 'Write dates like 2026-11-30 18:00.';

function faulty({ file, line }: Row, what: string, next: string): UsageError {
  return new UsageError(`The roster ${file} ${what} (learner ${line - 1}).`, next);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new UsageError(`The roster ${file} cannot be read (${code}).`, 'Name a CSV file.');
  }
}
