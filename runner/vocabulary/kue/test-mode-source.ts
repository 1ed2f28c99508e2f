import ts from 'typescript';
import type { Source } from '../../grading/source/requirements';

/** What workers alone tell a job of. */
const ofWorkers = new Set(['complete', 'failed', 'progress', 'start', 'failed attempt']);

/** Where a file waits for what only a worker brings about: in test mode none takes a job. */
export function waitedFor(source: Source): { next: string; line: number } | undefined {
  for (const node of source.nodes) {
    if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) continue;
    const [event] = node.arguments;
    if (!/^(?:on|once)$/.test(node.expression.name.text) || !event) continue;
    if (!ts.isStringLiteralLike(event) || !ofWorkers.has(event.text)) continue;
    const line = source.lineOf(node.expression.name);
    return {
      next: `Line ${line} waits for “${event.text}”, and in test mode no worker takes a job: send it yourself, job.emit('${event.text}').`,
      line,
    };
  }
  return undefined;
}

/** Where one of these stands alone, as `queue.testMode.clear;`: it is named and not called. */
export function uncalled(source: Source, word: 'enter' | 'clear' | 'exit'): number | undefined {
  const found = source.nodes.find(
    (node) =>
      ts.isPropertyAccessExpression(node) &&
      node.name.text === word &&
      node.expression.getText().endsWith('testMode') &&
      !ts.isCallExpression(node.parent),
  );
  return found && source.lineOf(found);
}

/** The calls of one of these, as `queue.testMode.clear()`. */
export function testModeCalls(source: Source, word: 'enter' | 'clear' | 'exit'): ts.Node[] {
  return source.nodes.filter(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isPropertyAccessExpression(node.expression) &&
      node.expression.name.text === word &&
      node.expression.expression.getText().endsWith('testMode'),
  );
}
