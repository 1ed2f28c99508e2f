import type TypeScript from 'typescript';
import { parse } from './parsed-cell';

/**
 * What must stand before a piece of code so that it can run by itself: of the statements that a lesson
 * has for that, those that declare what it uses and does not declare, and what these use.
 * @param before all of them, TypeScript
 * @returns their texts, in their order
 */
export function statementsBefore(before: string, text: string): string[] {
  if (before === '') return [];
  // Loaded where a lesson has something of the kind.
  const ts: typeof TypeScript = require('typescript');
  const cell = parse(ts, text);
  const own = declaredIn(ts, cell);
  const file = parse(ts, before);
  const statements = file.statements.map((statement) => ({
    text: statement.getText(file),
    declares: declaredBy(ts, statement),
    uses: usedIn(ts, statement),
    isNeeded: false,
  }));
  const known = new Set(statements.flatMap(({ declares }) => declares));
  const needed = new Set([...usedIn(ts, cell)].filter((name) => !own.has(name)));
  for (let count = -1; count !== needed.size; ) {
    count = needed.size;
    for (const one of statements) {
      if (one.isNeeded || !one.declares.some((name) => needed.has(name))) continue;
      one.isNeeded = true;
      for (const name of one.uses) if (!own.has(name)) needed.add(name);
    }
  }
  const there = new Set(statements.flatMap((one) => (one.isNeeded ? one.declares : [])));
  return statements
    .filter(({ isNeeded, declares, uses }) => {
      if (declares.length > 0) return isNeeded;
      // It declares nothing: it does something with what is there.
      const theirs = [...uses].filter((name) => known.has(name));
      return theirs.length > 0 && theirs.every((name) => there.has(name));
    })
    .map(({ text: whole }) => whole);
}

/** The names that a statement at the top of a file declares. */
function declaredBy(ts: typeof TypeScript, statement: TypeScript.Statement): string[] {
  if (ts.isVariableStatement(statement)) return [...declaredIn(ts, statement)];
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) {
    return statement.name ? [statement.name.text] : [];
  }
  return ts.isImportDeclaration(statement) ? [...declaredIn(ts, statement)] : [];
}

/** Every name that is declared somewhere in it. */
function declaredIn(ts: typeof TypeScript, root: TypeScript.Node): Set<string> {
  const names = new Set<string>();
  const visit = (node: TypeScript.Node) => {
    if (isDeclaration(ts, node) && node.name && ts.isIdentifier(node.name)) {
      names.add(node.name.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(root);
  return names;
}

function isDeclaration(
  ts: typeof TypeScript,
  node: TypeScript.Node,
): node is TypeScript.NamedDeclaration {
  return (
    ts.isVariableDeclaration(node) ||
    ts.isBindingElement(node) ||
    ts.isParameter(node) ||
    ts.isFunctionDeclaration(node) ||
    ts.isClassDeclaration(node) ||
    ts.isImportClause(node) ||
    ts.isImportSpecifier(node) ||
    ts.isNamespaceImport(node)
  );
}

/** Every name that is used in it, apart from those of properties. */
function usedIn(ts: typeof TypeScript, root: TypeScript.Node): Set<string> {
  const names = new Set<string>();
  const visit = (node: TypeScript.Node) => {
    if (ts.isIdentifier(node) && !isOfProperty(ts, node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(root);
  return names;
}

function isOfProperty(ts: typeof TypeScript, node: TypeScript.Identifier): boolean {
  const { parent } = node;
  return (
    (ts.isPropertyAccessExpression(parent) || ts.isPropertyAssignment(parent)) &&
    parent.name === node
  );
}
