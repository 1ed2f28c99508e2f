import ts from 'typescript';
import { importedFile } from '../../sandbox/process/compiled';
import type { PlacedFinding } from '../finding';
import { isSaidIn } from '../source/listeners';
import { Source } from '../source/requirements';

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
  const source = new Source(file);
  for (const node of source.nodes) {
    if (!ts.isStringLiteralLike(node) || !node.text.startsWith('.')) continue;
    const isImport = ts.isImportDeclaration(node.parent) || ts.isCallExpression(node.parent);
    const beside = isImport ? importedFile(file, node.text) : undefined;
    if (beside === undefined || !/\.[cm]?[jt]s$/.test(beside)) continue;
    const other = new Source(beside);
    if (!other.nodes.some((whole) => ts.isSourceFile(whole) && isSaidIn(other, whole, printed)))
      continue;
    return {
      next: `The import of “${node.text}” runs that file, and it prints the line, too: take the import out, and copy here what is needed of it.`,
      line: source.lineOf(node),
    };
  }
  return undefined;
}
