import ts from 'typescript';
import type { PlacedFinding } from '../finding';
import { isInCondition, isSetting } from '../source/conditions';
import type { Source } from '../source/requirements';
import type { FailureClass } from '../verdict';

/**
 * A finding of a file that has a slip which nobody can mean, whatever the task: the slip is what the
 * next step is about.
 */
export function explainBySlip(source: Source, finding: PlacedFinding): PlacedFinding {
  if (unrelated.has(finding.class)) return finding;
  return { ...finding, ...(assignedCondition(source) ?? uncalledMethod(source)) };
}

/** What such a slip does not bring about. */
const unrelated = new Set<FailureClass>([
  'syntax-error',
  'missing-module',
  'missing-export',
  'redis-unreachable',
  'unreadable-file',
  'missing-file',
]);

type Slip = Pick<PlacedFinding, 'next' | 'line'>;

/** `if (message = 'x')`. */
function assignedCondition(source: Source): Slip | undefined {
  const found = source.nodes
    .filter(isSetting)
    .find(
      (node) =>
        (ts.isStringLiteralLike(node.right) || ts.isNumericLiteral(node.right)) &&
        isInCondition(node),
    );
  return (
    found && {
      next: `Compare with ===: a single “=” gives ${found.left.getText()} a new value instead.`,
      line: source.lineOf(found),
    }
  );
}

/** `client.quit;` */
function uncalledMethod(source: Source): Slip | undefined {
  const found = source.nodes.find(
    (node): node is ts.PropertyAccessExpression =>
      ts.isPropertyAccessExpression(node) &&
      ts.isExpressionStatement(node.parent) &&
      ts.isIdentifier(node.expression),
  );
  return (
    found && {
      next: `Put brackets behind it, ${found.getText()}(): without them a function is named and not called.`,
      line: source.lineOf(found),
    }
  );
}
