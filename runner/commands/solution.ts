import { readFileSync } from 'node:fs';
import path from 'node:path';
import { workedVersion } from '../course/course';
import { findFile, isStarter } from '../course/folder/workspace';
import { isSnapshot, type Lesson } from '../course/lesson';
import { EnvironmentError } from '../redis/instance';
import { readRdb } from '../redis/rdb/reader';
import { keyLine } from '../report/terminal/keys';
import { markdown } from '../report/terminal/markdown';
import type { Screen } from '../report/terminal/screen';
import { beside } from '../report/terminal/side-by-side';
import { furtherCommand, furtherVersions, hasFurther, type Version } from './further';
import type { ExitCode, Session } from './session';

/**
 * `solution N`: the worked version of a lesson's files; with --further, what goes further than the
 * task; with --beside, beside the learner's.
 */
export async function solution(session: Session, word: string): Promise<ExitCode> {
  const { lesson, file } = session.find(word);
  const own = session.of(lesson);
  const names = file === undefined ? lesson.files : [file];
  session.say(
    session.options.beside
      ? await versionsBesideOwn(own, lesson, names)
      : await asText(own, lesson, versionsOf(own, lesson, names)),
  );
  return 0;
}

/** The workbook's versions beside what the learner wrote; alone where that is nothing yet. */
export async function versionsBesideOwn(
  session: Session,
  lesson: Lesson,
  names: readonly string[] = lesson.files,
): Promise<string> {
  const { screen, workspace, options } = session;
  const title = options.further ? 'going further' : 'the worked version';
  const drawn: string[] = [];
  for (const version of versionsOf(session, lesson, names)) {
    const { name, file } = version;
    const mine = ownVersion(lesson, workspace.folder, name);
    if (mine === undefined) {
      drawn.push(await drawnText(lesson, version, screen));
      continue;
    }
    const versions = {
      mine: { name: `yours: ${path.basename(mine)}`, text: sourceOf(mine) },
      other: { name: title, text: sourceOf(file) },
    };
    drawn.push(`\n${beside(versions, screen).join('\n')}\n`);
  }
  return [...drawn, ...foot(session, lesson, names)].join('');
}

/** Whether the worked version may be shown without asking whether that is meant. */
export function hasPassed(session: Session, lesson: Lesson): boolean {
  if (session.options.solution) return true;
  return session.status(lesson).entry?.passedAt !== undefined;
}

/** The learner's version of a file, to be set beside another; nothing where it is nothing yet, or no text. */
export function ownVersion(lesson: Lesson, folder: string, name: string): string | undefined {
  const mine = findFile(lesson, folder, name);
  if (isSnapshot(lesson, name) || mine === undefined || isStarter(lesson, name, mine)) {
    return undefined;
  }
  return mine;
}

async function asText(
  session: Session,
  lesson: Lesson,
  versions: readonly Version[],
): Promise<string> {
  const drawn: string[] = [];
  for (const version of versions) drawn.push(await drawnText(lesson, version, session.screen));
  const names = versions.map(({ name }) => name);
  return [...drawn, ...foot(session, lesson, names)].join('');
}

/** The workbook's versions of the files: of those that have one that goes further, where that is asked for. */
export function versionsOf(
  session: Session,
  lesson: Lesson,
  names: readonly string[] = lesson.files,
): Version[] {
  if (session.options.further) return furtherVersions(session, lesson, names);
  return names.map((name) => ({ name, file: workedVersion(session.course, name, lesson) }));
}

/** After a worked version: where to find what goes further. */
function foot(session: Session, lesson: Lesson, names: readonly string[]): string[] {
  if (session.options.further || !hasFurther(lesson, names)) return [];
  const key = { key: furtherCommand(session, lesson), does: 'what goes further, and why' };
  return [`\n${keyLine([key], session.screen).join('\n')}\n`];
}

/** A version as text; a dump, which is not text, as what it holds. */
async function drawnText(lesson: Lesson, { name, file }: Version, screen: Screen): Promise<string> {
  const heading = `  ${screen.paint(['bold', 'cyan'], path.basename(file))}`;
  const body = isSnapshot(lesson, name) ? snapshotText(file, lesson) : codeBlock(sourceOf(file));
  return `\n${heading}\n\n${await markdown(body, screen)}\n`;
}

function codeBlock(source: string): string {
  return `~~~~ts\n${source.trimEnd()}\n~~~~`;
}

/** What a snapshot holds, and the commands that make it: of strings, which are all that a course asks for. */
export function snapshotText(file: string, lesson: Lesson): string {
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

export function sourceOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new EnvironmentError(
      `${path.basename(file)} cannot be read.`,
      'Put the file back; if it is one of the workbook, install that again.',
    );
  }
}
