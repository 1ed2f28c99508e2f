import { isSnapshot, type Lesson } from '../../course/lesson';
import { markdown } from './markdown';
import type { Screen } from './screen';
import { wrap } from './wrap';

/**
 * A lesson to read: its head, then its text.
 * @param more lines for the head
 */
export async function lessonPage(
  lesson: Lesson,
  screen: Screen,
  more: readonly string[] = [],
): Promise<string> {
  const { paint, glyphs, width } = screen;
  const facts = [
    lesson.level,
    `about ${lesson.minutes} minutes`,
    `you write ${lesson.files.map((name) => fileLabel(lesson, name)).join(' and ')}`,
  ];
  const head = [
    ...wrap(paint(['bold', 'cyan'], `${lesson.number}  ${lesson.title}`), width, '  '),
    ...wrap(facts.join(` ${glyphs.dot} `), width, '  ').map((line) => paint('dim', line)),
    ...more.flatMap((line) => wrap(line, width, '  ')).map((line) => paint('dim', line)),
  ];
  const text = lesson.text.replace(/^# .*\n+/, '');
  return `\n${head.join('\n')}\n\n${await markdown(text, screen)}\n`;
}

/** A lesson's file as a learner looks for it. */
export function fileLabel(lesson: Lesson, name: string): string {
  return isSnapshot(lesson, name) ? name : `${name}.ts`;
}
