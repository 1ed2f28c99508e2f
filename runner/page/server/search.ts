import type { Session } from '../../commands/session';
import type { Lesson } from '../../course/lesson';
import type { Match } from '../protocol';

/**
 * The lessons whose title, files, words or text hold all the words, whatever the case; those first
 * whose title or words hold them.
 */
export function search({ shelf }: Session, words: string): Match[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return [];
  const courses = shelf.chosen ? [shelf.chosen] : shelf.courses;
  const found = courses.flatMap(({ lessons }) => lessons).flatMap((one) => matchOf(one, wanted));
  return [
    ...found.filter(({ excerpt }) => excerpt === undefined),
    ...found.filter(({ excerpt }) => excerpt !== undefined),
  ];
}

function matchOf(lesson: Lesson, wanted: readonly string[]): Match[] {
  const { course, id, number, title } = lesson;
  const head = [String(number), id, title, ...lesson.files, ...lesson.words]
    .join('\n')
    .toLowerCase();
  const match = { course, id, number, title };
  if (wanted.every((word) => head.includes(word))) return [match];
  const text = plain(lesson.text);
  const all = `${head}\n${text.toLowerCase()}`;
  if (!wanted.every((word) => all.includes(word))) return [];
  return [{ ...match, excerpt: excerptOf(text, wanted) }];
}

/** The text around the first of the words that stands in it. */
function excerptOf(text: string, wanted: readonly string[]): string {
  const lower = text.toLowerCase();
  const places = wanted.map((word) => lower.indexOf(word)).filter((at) => at >= 0);
  const at = Math.min(...places);
  const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, at - around)) + 1);
  const to = text.indexOf(' ', at + around);
  const piece = text.slice(from, to < 0 ? undefined : to);
  return `${from > 0 ? '… ' : ''}${piece}${to < 0 ? '' : ' …'}`;
}

/** In letters. */
const around = 60;

/** Markdown as one line without its marks. */
function plain(markdown: string): string {
  return markdown
    .replace(/^(```|~~~).*$/gm, ' ')
    .replace(/[*`#>|]/g, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
