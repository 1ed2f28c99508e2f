import type { Evidence } from '../../grading/verdict';
import { programsOf, type TimelineEvent, timelineOf } from '../timeline';
import { sanitize, sanitizeRow } from './invisible';
import type { Screen, Style } from './screen';
import { columnsOf, cut, pad, wrap } from './wrap';

/**
 * A run as it went, a event a row: the time in milliseconds since the first, and what a program
 * sent, got or printed. Several programs have a lane each, or, where lanes would be too narrow, a
 * letter each.
 */
export function timeline(evidence: Evidence, screen: Screen): string[] {
  const { events, hidden } = timelineOf(evidence);
  const [first] = events;
  if (!first) return ['  Nothing was seen: no command, and no line.'];
  const programs = programsOf(events);
  const lanes = programs.length > 1 && laneWidth(screen, programs) >= narrowest;
  const drawn = events.map((event) => ({ ...event, at: event.at - first.at }));
  const rows = (lanes ? inLanes : oneAfterAnother)(drawn, programs, screen);
  if (!hidden) return rows;
  const left = `Left out: ${hidden.count} commands with which ${hidden.libraries} keeps its books.`;
  return [...rows, '', ...wrap(left, screen.width, '  ').map((row) => screen.paint('dim', row))];
}

/** Below this, a lane holds no command any more. */
const narrowest = 28;

/** Columns for the time, with two before and two behind. */
const margin = 9;

/** A moment that needs more rows than this ends in an ellipsis. */
const mostRows = 2;

function laneWidth({ width }: Screen, programs: readonly string[]): number {
  return Math.floor((width - margin) / programs.length);
}

function inLanes(
  events: readonly TimelineEvent[],
  programs: readonly string[],
  screen: Screen,
): string[] {
  const { paint, glyphs } = screen;
  const room = laneWidth(screen, programs);
  const row = (time: string, cells: string[]) =>
    `${time}${cells.map((cell) => `${paint('dim', glyphs.lane)} ${pad(cell, room - 2)}`).join('')}`.trimEnd();
  const names = programs.map((name) => paint('bold', cut(name, room - 3, glyphs.ellipsis)));
  const lines = [row(pad('     ms', margin), names)];
  for (const event of events) {
    const lane = programs.indexOf(event.program);
    for (const [index, text] of eventRows(event, room - 3, screen).entries()) {
      const time = index === 0 ? timeOf(event, screen) : ' '.repeat(margin);
      lines.push(
        row(
          time,
          programs.map((_, at) => (at === lane ? text : '')),
        ),
      );
    }
  }
  return lines;
}

function oneAfterAnother(
  events: readonly TimelineEvent[],
  programs: readonly string[],
  screen: Screen,
): string[] {
  const { paint, width } = screen;
  const several = programs.length > 1;
  const letter = (program: string) => String.fromCodePoint(65 + programs.indexOf(program));
  const legend = several ? programs.map((name) => `  ${paint('bold', letter(name))} ${name}`) : [];
  const lines = [...legend, paint('dim', '     ms')];
  for (const event of events) {
    const tag = several ? `${letter(event.program)} ` : '';
    const rows = eventRows(event, width - margin - tag.length, screen);
    for (const [index, text] of rows.entries()) {
      const lead =
        index === 0 ? timeOf(event, screen) + paint('bold', tag) : ' '.repeat(margin + tag.length);
      lines.push(lead + text);
    }
  }
  return lines;
}

function timeOf({ at }: TimelineEvent, { paint }: Screen): string {
  return paint('dim', `${String(Math.round(at)).padStart(margin - 2)}  `);
}

/** What a moment says, in as many columns: the reply behind it, or below it where it is long. */
function eventRows(event: TimelineEvent, room: number, screen: Screen): string[] {
  const { paint, glyphs } = screen;
  const { sign, style } = look(event, screen);
  const text = sanitize(event.text.replaceAll('\t', ' '), glyphs);
  const rows = short(text, room, sign, screen).map((row) => (style ? paint(style, row) : row));
  if (event.reply === undefined) return rows;
  const reply = `${glyphs.next} ${sanitizeRow(event.reply, glyphs)}`;
  const last = rows.at(-1) ?? '';
  if (rows.length === 1 && columnsOf(last) + columnsOf(reply) + 2 <= room) {
    return [`${last}  ${reply}`];
  }
  return [...rows, ...short(reply, room, '  ', screen)];
}

function short(text: string, room: number, indent: string, { glyphs }: Screen): string[] {
  const hang = ' '.repeat(columnsOf(indent) + 2);
  // Only so much of it can be shown: wrapping a whole script would be for nothing.
  const rows = wrap(text.slice(0, room * (mostRows + 1)), room, indent, hang);
  if (rows.length <= mostRows) return rows;
  const end = `${rows[mostRows - 1] ?? ''} ${rows[mostRows]?.trim() ?? ''}`;
  return [...rows.slice(0, mostRows - 1), cut(end, room, glyphs.ellipsis)];
}

function look({ kind }: TimelineEvent, { glyphs, paint }: Screen): { sign: string; style?: Style } {
  switch (kind) {
    case 'command':
      return { sign: '' };
    case 'message':
      return { sign: `${glyphs.got} `, style: 'magenta' };
    case 'output':
      return { sign: `${paint('cyan', glyphs.output)} ` };
    case 'errors':
      return { sign: `${paint('red', glyphs.errors)} ` };
    case 'http':
      return { sign: '', style: 'cyan' };
  }
}
