import type { KeyEntry } from '../../grading/verdict';
import { type Job, jobOf } from '../../vocabulary/kue/jobs';
import { sanitize } from './invisible';
import type { Screen, Style } from './screen';
import { columnsOf, cut, pad, wrap } from './wrap';

/** The keys that a run left, by type; kue's jobs as jobs, and its bookkeeping in one line. */
export function keysLeft(keys: readonly KeyEntry[], screen: Screen): string[] {
  if (keys.length === 0) return ['  Redis is empty: the run left no key.'];
  const jobs = keys.flatMap(jobIn);
  const books = keys.filter(({ key }) => isBook(key));
  const others = keys.filter((entry) => !isBook(entry.key) && jobIn(entry).length === 0);
  const types = [...new Set(others.map(({ type }) => type))].sort();
  return [
    ...jobSection(jobs, screen),
    ...types.flatMap((type) => [
      heading(type, others.filter((one) => one.type === type).length, screen),
      ...others.filter((one) => one.type === type).flatMap((one) => keyRows(one, screen)),
      '',
    ]),
    ...bookLine(books, screen),
  ];
}

/** kue's layout is described in grader/jobs.ts. */
export function jobIn({ key, value }: KeyEntry): Job[] {
  const id = /^q:job:(\d+)$/.exec(key)?.[1];
  if (id === undefined || typeof value !== 'object' || Array.isArray(value)) return [];
  return [jobOf(Number(id), value)];
}

export function isBook(key: string): boolean {
  return /^q:(?!job:\d+$)/.test(key);
}

function heading(what: string, count: number, { paint }: Screen): string {
  return `  ${paint('bold', what)} ${paint('dim', String(count))}`;
}

function jobSection(jobs: readonly Job[], screen: Screen): string[] {
  if (jobs.length === 0) return [];
  const sorted = [...jobs].sort((one, other) => one.id - other.id);
  const digits = String(sorted.at(-1)?.id ?? '').length;
  const type = Math.max(...jobs.map((job) => job.type.length));
  return [
    heading('jobs of kue', jobs.length, screen),
    ...sorted.flatMap((job) => jobRows(job, { digits, type }, screen)),
    '',
  ];
}

function jobRows(job: Job, widths: { digits: number; type: number }, screen: Screen): string[] {
  const { paint, glyphs, width } = screen;
  const state = job.state ?? 'not saved whole';
  const id = String(job.id).padStart(widths.digits);
  const progress = job.progress === undefined ? '' : `${job.progress}%`;
  const indent = ' '.repeat(4 + widths.digits + 2);
  const type = sanitize(job.type, glyphs);
  const facts = `${paint(stateStyle[state] ?? 'dim', pad(state, 8))}  ${progress.padStart(4)}`;
  const row = `    ${paint('bold', id)}  ${pad(type, widths.type)}  ${facts}`;
  const head =
    columnsOf(row) <= width
      ? [row.trimEnd()]
      : [
          `    ${paint('bold', id)}  ${cut(type, width - indent.length, glyphs.ellipsis)}`,
          `${indent}${facts}`.trimEnd(),
        ];
  const data = job.data === undefined ? [] : [JSON.stringify(job.data)];
  return [
    ...head,
    ...data.map((text) =>
      paint(
        'dim',
        `${indent}${cut(sanitize(text, glyphs), width - indent.length, glyphs.ellipsis)}`,
      ),
    ),
    ...(job.error === undefined
      ? []
      : wrap(sanitize(job.error, glyphs), width, indent).map((line) => paint('red', line))),
  ];
}

const stateStyle: Record<string, Style> = {
  complete: 'green',
  failed: 'red',
  active: 'cyan',
  delayed: 'yellow',
};

function keyRows({ key, value }: KeyEntry, screen: Screen): string[] {
  const { paint, glyphs, width } = screen;
  const name = sanitize(key, glyphs);
  if (typeof value === 'string') {
    return wrap(`${paint('cyan', name)}  ${sanitize(value, glyphs)}`, width, '    ', '      ');
  }
  const members = Array.isArray(value)
    ? value.map((one) => sanitize(one, glyphs))
    : fieldRows(value, screen);
  const shown = members
    .slice(0, mostMembers)
    .map((text) => cut(`      ${text}`, width, glyphs.ellipsis));
  const more = members.length - shown.length;
  return [
    ...wrap(paint('cyan', name), width, '    ', '      '),
    ...shown,
    ...(more > 0 ? [paint('dim', `      ${glyphs.clipped} ${more} more`)] : []),
  ];
}

const mostMembers = 20;

function fieldRows(fields: Record<string, string>, { glyphs }: Screen): string[] {
  const longest = Math.max(0, ...Object.keys(fields).map(columnsOf));
  return Object.entries(fields).map(
    ([field, value]) => `${pad(sanitize(field, glyphs), longest)}  ${sanitize(value, glyphs)}`,
  );
}

function bookLine(books: readonly KeyEntry[], { paint, width, glyphs }: Screen): string[] {
  if (books.length === 0) return [];
  const names = books.map(({ key }) => sanitize(key, glyphs)).join(', ');
  const count = books.length === 1 ? 'one key more' : `${books.length} keys more`;
  return wrap(`kue keeps its books in ${count}: ${names}`, width, '  ').map((line) =>
    paint('dim', line),
  );
}
