import ts from 'typescript';
import type { PlacedFinding } from '../finding';
import { isPrint } from '../source/literals';
import type { Source } from '../source/requirements';
import { sameButBlanks } from './edit-distance';
import { findingLine } from './finding-line';

/**
 * A finding about a line that differs from the wanted one in its blanks alone, where console.log has
 * put them in.
 */
export function explainByBlanks(source: Source, finding: PlacedFinding): PlacedFinding {
  const [wanted = '', got = ''] = finding.compared ?? [];
  if (wanted === got || !sameButBlanks(wanted, got)) return finding;
  const line = findingLine(source, finding);
  const joins = source.nodes.some(
    (node) =>
      ts.isCallExpression(node) &&
      isPrint(node) &&
      node.arguments.length > 1 &&
      source.lineOf(node) === line,
  );
  if (!joins) return finding;
  return {
    ...finding,
    next: 'Take out the blank that is too many, or write the line as one text between backticks: console.log puts a blank between its arguments by itself.',
  };
}
