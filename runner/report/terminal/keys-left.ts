import type { KeyEntry } from '../../grading/verdict';
import type { ShownJob } from '../../vocabulary/presentation';
import { type LibraryKeys, partKeys } from '../queue-libraries';
import { sanitize, sanitizeRow } from './invisible';
import type { Screen, Style } from './screen';
import { columnsOf, cut, pad, wrap } from './wrap';

/** The keys that a run left, by type; the jobs of a queue library as jobs, and its own keys in one line. */
export function keysLeft(keys: readonly KeyEntry[], screen: Screen): string[] {
  if (keys.length === 0) return ['  Redis is empty: the run left no key.'];
  const { libraries, others } = partKeys(keys);
  const types = [...new Set(others.map(({ type }) => type))].sort();
  return [
    ...libraries.flatMap((one) => jobSection(one, screen)),
    ...types.flatMap((type) => [
      heading(type, others.filter((one) => one.type === type).length, screen),
      ...others.filter((one) => one.type === type).flatMap((one) => keyRows(one, screen)),
      '',
    ]),
    ...libraries.flatMap((one) => ownKeysLine(one, screen)),
  ];
}

function heading(what: string, count: number, { paint }: Screen): string {
  return `  ${paint('bold', what)} ${count}`;
}

function jobSection({ library, jobs }: LibraryKeys, screen: Screen): string[] {
  if (jobs.length === 0) return [];
  const digits = Math.max(...jobs.map(({ id }) => id.length));
  const type = Math.max(...jobs.map((job) => columnsOf(sanitizeRow(job.type, screen.glyphs))));
  return [
    heading(`jobs of ${library}`, jobs.length, screen),
    ...jobs.flatMap((job) => jobRows(job, { digits, type }, screen)),
    '',
  ];
}

function jobRows(
  job: ShownJob,
  widths: { digits: number; type: number },
  screen: Screen,
): string[] {
  const { paint, glyphs, width } = screen;
  const id = job.id.padStart(widths.digits);
  const progress = job.progress === undefined ? '' : `${job.progress}%`;
  const indent = ' '.repeat(4 + widths.digits + 2);
  const type = sanitizeRow(job.type, glyphs);
  const facts = `${paint(phaseStyle[job.phase], pad(job.state, 8))}  ${progress.padStart(4)}`;
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
        `${indent}${cut(sanitizeRow(text, glyphs), width - indent.length, glyphs.ellipsis)}`,
      ),
    ),
    ...(job.error === undefined
      ? []
      : wrap(sanitize(job.error, glyphs), width, indent).map((line) => paint('red', line))),
  ];
}

const phaseStyle: Record<ShownJob['phase'], Style> = {
  waiting: 'dim',
  delayed: 'yellow',
  active: 'cyan',
  complete: 'green',
  failed: 'red',
};

function keyRows({ key, value }: KeyEntry, screen: Screen): string[] {
  const { paint, glyphs, width } = screen;
  const name = sanitizeRow(key, glyphs);
  if (typeof value === 'string') {
    return wrap(`${paint('cyan', name)}  ${sanitize(value, glyphs)}`, width, '    ', '      ');
  }
  const members = Array.isArray(value)
    ? value.map((one) => sanitizeRow(one, glyphs))
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
  const rows = Object.entries(fields).map((row) => row.map((text) => sanitizeRow(text, glyphs)));
  const longest = Math.max(0, ...rows.map(([field = '']) => columnsOf(field)));
  return rows.map(([field = '', value]) => `${pad(field, longest)}  ${value}`);
}

function ownKeysLine({ library, own }: LibraryKeys, { paint, width, glyphs }: Screen): string[] {
  if (own.length === 0) return [];
  const names = own.map(({ key }) => sanitizeRow(key, glyphs)).join(', ');
  const count = own.length === 1 ? 'one key more' : `${own.length} keys more`;
  return wrap(`${library} keeps its books in ${count}: ${names}`, width, '  ').map((line) =>
    paint('dim', line),
  );
}
