import path from 'node:path';
import ts from 'typescript';
import { importedFile } from '../../sandbox/process/compiled';
import type { PlacedFinding } from '../finding';
import { type LineFault, unaskedLine } from '../program/line-fault';
import { saying } from '../source/locate';
import { Source } from '../source/requirements';

/** An import of another file of the learner's: all of that file runs. */
interface RunningImport {
  /** As it is written. */
  name: string;
  file: string;
  line: number;
}

/**
 * A line that is printed too often, or in vain, as an import runs another file of the learner's that
 * prints it.
 * @param printed the line
 * @returns the next step; nothing where no imported file prints it
 */
export function explainRunningImport(
  printed: string,
  file: string,
): Pick<PlacedFinding, 'next' | 'line'> | undefined {
  const found = printingImport(new Source(file), printed);
  return (
    found && {
      next: `The import of “${found.name}” runs that file, and it prints the line, too: take the import out, and copy here what is needed of it.`,
      line: found.line,
    }
  );
}

/** A printed line that no text of the file resembles, and one of an imported file does. */
export function printedByImport(source: Source, text: string): LineFault | undefined {
  const found = saying(source, text) === undefined ? printingImport(source, text) : undefined;
  return (
    found && {
      ...unaskedLine(text),
      message: `The line “${text}” comes from ${path.basename(found.file)}: line ${found.line} imports that file, and an import runs all of it.`,
      next: 'Take the import out: each of the two programs runs by itself.',
      line: found.line,
    }
  );
}

function printingImport(source: Source, printed: string): RunningImport | undefined {
  for (const node of source.nodes) {
    if (!ts.isStringLiteralLike(node) || !node.text.startsWith('.')) continue;
    const isImport = ts.isImportDeclaration(node.parent) || ts.isCallExpression(node.parent);
    const file = isImport ? importedFile(source.file, node.text) : undefined;
    if (file === undefined || !/\.[cm]?[jt]s$/.test(file)) continue;
    if (saying(new Source(file), printed) === undefined) continue;
    return { name: node.text, file, line: source.lineOf(node) };
  }
  return undefined;
}
