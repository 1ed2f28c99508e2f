import type { SourceToken } from './source-token';

/**
 * A program as its syntax tree, node after node. Names of variables, values, comments, blanks and types are
 * left out, so that changing them changes nothing; names of methods that are called are kept, as few of
 * them are the learner's.
 * @param name with its ending
 * @returns nothing for what cannot be parsed
 */
export function syntaxTokens(name: string, source: string): SourceToken[] | undefined {
  // Loaded when it is first needed: most commands can do without.
  const { parse } = require('@babel/parser') as typeof import('@babel/parser');
  const reading = new Reading();
  try {
    const { program } = parse(source, {
      sourceType: 'unambiguous',
      attachComment: false,
      errorRecovery: true,
      allowReturnOutsideFunction: true,
      plugins: ['typescript', 'decorators-legacy', ...(name.endsWith('x') ? ['jsx' as const] : [])],
    });
    if (isNode(program)) reading.take(program);
  } catch (error) {
    // What is nested deeper than the stack is a RangeError.
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
  return reading.tokens;
}

interface Node {
  type: string;
  start: number;
  loc: { start: { line: number }; end: { line: number } };
  [key: string]: unknown;
}

class Reading {
  readonly tokens: SourceToken[] = [];

  take(node: Node): void {
    if (isLeftOut(node)) return;
    if (node.type.startsWith('TS')) {
      // "x as T" is x; a declaration of types is nothing.
      const inner = node.expression ?? node.parameter;
      if (isNode(inner)) this.take(inner);
      return;
    }
    const { start, end } = node.loc;
    this.tokens.push({ kind: kindOf(node), line: start.line });
    for (const child of childrenOf(node)) this.take(child);
    if (node.type === 'BlockStatement') this.tokens.push({ kind: '}', line: end.line });
  }
}

function isLeftOut({ type, importKind, exportKind }: Node): boolean {
  return (
    ['Directive', 'InterpreterDirective', 'EmptyStatement'].includes(type) ||
    importKind === 'type' ||
    exportKind === 'type'
  );
}

function kindOf(node: Node): string {
  const type = alike[node.type] ?? node.type;
  const { operator } = node;
  if (typeof operator === 'string') return `${type} ${operator}`;
  return type === 'CallExpression' ? `${type} ${calledName(node.callee)}` : type;
}

/** Ways to write one thing. */
const alike: Readonly<Record<string, string>> = {
  ArrowFunctionExpression: 'Function',
  FunctionExpression: 'Function',
  FunctionDeclaration: 'Function',
  OptionalCallExpression: 'CallExpression',
  OptionalMemberExpression: 'MemberExpression',
};

/** The name of a method that is called; nothing for a function, whose name is the learner's. */
function calledName(callee: unknown): string {
  if (!isNode(callee) || !isNode(callee.property) || callee.computed === true) return '';
  const { name } = callee.property;
  return typeof name === 'string' ? name : '';
}

function childrenOf(node: Node): Node[] {
  return Object.values(node)
    .flatMap((value: unknown) => (Array.isArray(value) ? value : [value]))
    .filter(isNode)
    .sort((one, other) => one.start - other.start);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}
