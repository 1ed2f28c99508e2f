import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

/** One import of a file: of a type or a value, by `import`, `require` or `require.resolve`. */
export interface Import {
  /** The file that imports, absolute. */
  from: string;
  /** As it is written there. */
  name: string;
  /** The project's own file that it means, absolute; undefined for packages. */
  target: string | undefined;
}

const project = path.join(__dirname, '../..');

/** Every TypeScript and CommonJS file below a folder, absolute; none where there is no folder. */
export function sourcesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.(?:tsx?|cjs)$/.test(name))
    .map((name) => path.join(folder, name));
}

/** What a file imports, types included. */
export function importsOf(file: string): Import[] {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const walk = (node: ts.Node) => {
    const name = importedName(node);
    if (name !== undefined) imports.push({ from: file, name, target: targetOf(file, name) });
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return imports;
}

function importedName(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    return textOf(node.moduleSpecifier);
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return textOf(node.argument.literal);
  }
  if (!ts.isCallExpression(node)) return undefined;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    /^require(\.resolve)?$/.test(node.expression.getText());
  return loads ? textOf(node.arguments[0]) : undefined;
}

function textOf(node: ts.Node | undefined): string | undefined {
  return node && ts.isStringLiteral(node) ? node.text : undefined;
}

function targetOf(file: string, name: string): string | undefined {
  const base = name.startsWith('#')
    ? path.join(project, 'runner', name === '#grading' ? 'grading/index' : name.slice(1))
    : path.resolve(path.dirname(file), name);
  if (!name.startsWith('#') && !name.startsWith('.')) return undefined;
  return [`${base}.ts`, `${base}.tsx`, `${base}.cjs`, base].find(
    (one) => existsSync(one) && statSync(one).isFile(),
  );
}
