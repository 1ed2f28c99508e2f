import { readFileSync } from 'node:fs';
import path from 'node:path';
import { workedVersion } from '../course/course';
import { findFile, isStarter } from '../course/folder/workspace';
import { isSnapshot, type Lesson } from '../course/lesson';
import { EnvironmentError } from '../redis/instance';
import { readRdb } from '../redis/rdb/reader';
import { markdown } from '../report/terminal/markdown';
import type { Screen } from '../report/terminal/screen';
import { beside } from '../report/terminal/side-by-side';
import type { ExitCode, Session } from './session';

/** `solution N`: the worked version of a lesson's files; with --beside, beside the learner's. */
export async function solution(session: Session, word: string): Promise<ExitCode> {
  const { lesson, file } = session.find(word);
  const own = session.of(lesson);
  const names = file === undefined ? lesson.files : [file];
  session.say(
    session.options.beside
      ? await workedVersionBesideOwn(own, lesson, names)
      : await workedText(own, lesson, names, session.screen),
  );
  return 0;
}

/** The worked versions beside what the learner wrote; alone where that is nothing yet. */
export async function workedVersionBesideOwn(
  session: Session,
  lesson: Lesson,
  names: readonly string[] = lesson.files,
): Promise<string> {
  const { screen, workspace, course } = session;
  const drawn: string[] = [];
  for (const name of names) {
    const mine = findFile(lesson, workspace.folder, name);
    if (isSnapshot(lesson, name) || mine === undefined || isStarter(lesson, name, mine)) {
      drawn.push(await workedText(session, lesson, [name], screen));
      continue;
    }
    const versions = {
      mine: { name: `yours: ${path.basename(mine)}`, text: sourceOf(mine) },
      other: { name: 'the worked version', text: sourceOf(workedVersion(course, name, lesson)) },
    };
    drawn.push(`\n${beside(versions, screen).join('\n')}\n`);
  }
  return drawn.join('');
}

/**
 * The worked versions as text; a dump, which is not text, as what it holds.
 * @throws EnvironmentError where the course lacks one
 */
async function workedText(
  { course }: Session,
  lesson: Lesson,
  names: readonly string[],
  screen: Screen,
): Promise<string> {
  const drawn: string[] = [];
  for (const name of names) {
    const worked = workedVersion(course, name, lesson);
    const heading = `  ${screen.paint(['bold', 'cyan'], path.basename(worked))}`;
    const body = isSnapshot(lesson, name)
      ? snapshotText(worked, lesson)
      : codeBlock(sourceOf(worked));
    drawn.push(`\n${heading}\n\n${await markdown(body, screen)}\n`);
  }
  return drawn.join('');
}

function codeBlock(source: string): string {
  return `~~~~ts\n${source.trimEnd()}\n~~~~`;
}

/** What a snapshot holds, and the commands that make it: of strings, which are all that a course asks for. */
function snapshotText(file: string, lesson: Lesson): string {
  const strings = readRdb(readFileSync(file)).flatMap(({ key, value }) =>
    value.type === 'string' ? [{ key: String(key), value: String(value.value) }] : [],
  );
  const held = strings.map(({ key, value }) => `the key \`${key}\` with the value \`${value}\``);
  const commands = strings.flatMap(({ key, value }) => [`SET ${key} ${value}`, `GET ${key}`]);
  return [
    `A dump is not text: it holds ${held.join(' and ')}.`,
    `These commands make it, at the prompt of lesson ${lesson.number}'s Redis:`,
    `~~~~\n${[...commands, 'SAVE'].join('\n')}\n~~~~`,
  ].join('\n\n');
}

function sourceOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new EnvironmentError(
      `${path.basename(file)} cannot be read.`,
      'Put the file back; if it is one of the workbook, install that again.',
    );
  }
}
