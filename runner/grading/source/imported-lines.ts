import path from 'node:path';
import ts from 'typescript';
import { importedFile } from '../../sandbox/process/compiled';
import { type LineFault, unaskedLine } from '../program/line-fault';
import { saying } from './locate';
import { Source } from './requirements';

/**
 * A printed line that no text of the file resembles, and one of an imported file of the learner's does:
 * an import runs the whole file.
 */
export function printedByImport(source: Source, text: string): LineFault | undefined {
  if (saying(source, text) !== undefined) return undefined;
  for (const node of source.nodes) {
    const name = ownModule(node);
    const file = name === undefined ? undefined : importedFile(source.file, name);
    if (file === undefined || !/\.[cm]?[jt]s$/.test(file)) continue;
    if (saying(new Source(file), text) === undefined) continue;
    const line = source.lineOf(node);
    return {
      ...unaskedLine(text),
      message: `The line “${text}” comes from ${path.basename(file)}: line ${line} imports that file, and an import runs all of it.`,
      next: 'Take the import out: the two programs run each for itself.',
      line,
    };
  }
  return undefined;
}

/** The file beside it that a node imports or requires, as it is written. */
function ownModule(node: ts.Node): string | undefined {
  const specifier = ts.isImportDeclaration(node)
    ? node.moduleSpecifier
    : ts.isCallExpression(node) && node.expression.getText() === 'require'
      ? node.arguments[0]
      : undefined;
  return specifier && ts.isStringLiteralLike(specifier) && specifier.text.startsWith('.')
    ? specifier.text
    : undefined;
}
