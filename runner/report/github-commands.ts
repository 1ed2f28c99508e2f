import { randomUUID } from 'node:crypto';
import type { Graded } from '../course/grading';
import type { Finding } from '../grading/verdict';
import { failureName } from './failure-names';
import { partsOf, pathOf, withoutFolders } from './graded-files';
import { beginning, plainText } from './plain-text';
import { repositoryPath } from './repository-path';

/**
 * What did not pass, as commands that GitHub's runner obeys: an error for each file, at its line where
 * that is known.
 * Form: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 * @param top of the repository; a file elsewhere is an error without a place
 */
export function githubAnnotations(graded: readonly Graded[], top: string): string[] {
  return graded.flatMap((one) =>
    partsOf(one).flatMap((part) => {
      if (part.verdict === 'passed') return [];
      const { finding } = part;
      const file = pathOf(one, part);
      const below = file && repositoryPath(file, top);
      const place: Properties = below ? { file: below, line: finding?.line ?? 1 } : {};
      const text = finding ? textOf(finding, one) : 'It did not pass.';
      return [command('error', { ...place, title: titleOf(one, finding) }, text)];
    }),
  );
}

/** Lines between which GitHub's runner obeys nothing, whatever a program prints. */
export interface Unobeyed {
  begin: string;
  end: string;
}

/** A pair of them that nobody can guess. */
export function unobeyed(): Unobeyed {
  const token = randomUUID();
  return { begin: command('stop-commands', {}, token), end: command(token, {}, '') };
}

/** A text in which GitHub's runner finds no command: for what is said when nobody has told it to stop. */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1: ').replaceAll('##[', '## [');
}

function textOf({ message, next }: Finding, graded: Graded): string {
  return withoutFolders(`${beginning(message, longest)}\n${beginning(next, longest)}`, graded);
}

function titleOf({ lesson }: Graded, finding: Finding | undefined): string {
  const what = finding ? failureName(finding.class) : 'failed';
  return `${lesson.number} ${lesson.title}: ${what}`;
}

type Properties = Readonly<Record<string, string | number>>;

function command(name: string, properties: Properties, message: string): string {
  const given = Object.entries(properties)
    .map(([key, value]) => `${key}=${escaped(String(value)).replace(/[:,]/g, hex)}`)
    .join(',');
  return `::${name}${given && ` ${given}`}::${escaped(message)}`;
}

function escaped(text: string): string {
  return plainText(text).replace(/[%\r\n]/g, hex);
}

function hex(letter: string): string {
  return `%${letter.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** GitHub shows 64 KB of an annotation; nobody reads as much. */
const longest = 2000;
