import ts from 'typescript';
import { brief, type Edit } from './mutant';

/** Event names, each with one that the same emitter has too. */
const otherEvents: Record<string, string> = {
  connect: 'end',
  ready: 'end',
  reconnecting: 'end',
  end: 'ready',
  error: 'warning',
  message: 'subscribe',
  complete: 'failed',
  failed: 'complete',
  progress: 'start',
};

/** Other values for a string, a part of a template, a number, a truth value or a pattern. */
export function* literalEdits(node: ts.Node, tree: ts.SourceFile): Generator<Edit> {
  const [start, end] = [node.getStart(tree), node.getEnd()];
  const source = node.getText(tree);
  const edit = (text: string, change = `${brief(source)} → ${brief(text)}`): Edit => ({
    start,
    end,
    text,
    change,
  });
  const misspell = `misspell ${brief(source)}`;
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
    yield edit(`'${escaped(misspelt(node.text))}'`, misspell);
    if (node.text !== '') yield edit("''", `empty ${brief(source)}`);
    const event = otherEvents[node.text];
    if (event !== undefined && isFirstArgument(node)) yield edit(`'${event}'`);
  } else if (isTemplatePart(node) && node.text !== '') {
    const tail = node.kind === ts.SyntaxKind.TemplateTail ? 1 : 2;
    yield edit(source[0] + misspelt(source.slice(1, -tail)) + source.slice(-tail), misspell);
  } else if (ts.isTemplateSpan(node)) {
    const value = node.expression;
    yield {
      start: value.getStart(tree),
      end: value.getEnd(),
      text: "''",
      change: `drop \${${brief(value.getText(tree))}}`,
    };
  } else if (ts.isNumericLiteral(node)) {
    yield edit(String(Number(node.text) + 1));
    if (Number(node.text) > 1) yield edit(String(Number(node.text) - 1));
  } else if (node.kind === ts.SyntaxKind.TrueKeyword) yield edit('false');
  else if (node.kind === ts.SyntaxKind.FalseKeyword) yield edit('true');
  else if (ts.isRegularExpressionLiteral(node)) {
    if (source.startsWith('/^')) yield edit(source.replace('^', ''));
    if (source.endsWith('$/')) yield edit(source.replace('$', ''));
  }
}

function isTemplatePart(
  node: ts.Node,
): node is ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail {
  return (
    node.kind === ts.SyntaxKind.TemplateHead ||
    node.kind === ts.SyntaxKind.TemplateMiddle ||
    node.kind === ts.SyntaxKind.TemplateTail
  );
}

/** As a hand slips: the last letter or digit is missing; in a text without any, one too much. */
function misspelt(text: string): string {
  const at = text.search(/[\p{L}\p{N}][^\p{L}\p{N}]*$/u);
  return at < 0 ? `${text}x` : text.slice(0, at) + text.slice(at + 1);
}

function escaped(text: string): string {
  return JSON.stringify(text).slice(1, -1).replaceAll("'", "\\'").replaceAll('\\"', '"');
}

function isFirstArgument(node: ts.Node): boolean {
  return ts.isCallExpression(node.parent) && node.parent.arguments[0] === node;
}
