import { readFileSync } from 'node:fs';
import path from 'node:path';
import { workedVersion } from '../course/catalogue';
import type { Lesson } from '../course/lesson';
import { lookUp } from '../course/lookup';
import { EnvironmentFault } from '../redis/instance';
import { markdown } from '../report/markdown';
import type { Screen } from '../report/screen';
import type { ExitCode, Session } from './session';

/** `solution N`: the worked version of a lesson's files. */
export async function solution(session: Session, word: string): Promise<ExitCode> {
  const { lesson, file } = lookUp(session.lessons, word);
  const names = file === undefined ? lesson.files : [file];
  session.say(await workedText(session.lessons, lesson, names, session.screen));
  return 0;
}

/**
 * The worked versions as text; a dump, which is not text, as what it holds.
 * @throws EnvironmentFault where the course lacks one
 */
export async function workedText(
  lessons: readonly Lesson[],
  lesson: Lesson,
  names: readonly string[],
  screen: Screen,
): Promise<string> {
  const drawn: string[] = [];
  for (const name of names) {
    const worked = workedVersion(lessons, name);
    const heading = `  ${screen.paint(['bold', 'cyan'], path.basename(worked))}`;
    const body = name === 'dump.rdb' ? dumpText(lesson) : codeBlock(sourceOf(worked));
    drawn.push(`\n${heading}\n\n${await markdown(body, screen)}\n`);
  }
  return drawn.join('');
}

function codeBlock(source: string): string {
  return `~~~~ts\n${source.trimEnd()}\n~~~~`;
}

function dumpText(lesson: Lesson): string {
  return [
    'A dump is not text: it holds the key `Holberton` with the value `School`.',
    `These commands make it, at the prompt of lesson ${lesson.number}'s Redis:`,
    '~~~~',
    'SET Holberton School\nGET Holberton\nSAVE',
    '~~~~',
  ]
    .join('\n\n')
    .replace(/~\n\n/, '~\n')
    .replace(/\n\n~~~~$/, '\n~~~~');
}

function sourceOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new EnvironmentFault(
      `The worked version ${path.basename(file)} is not there.`,
      'Install the workbook again.',
    );
  }
}
