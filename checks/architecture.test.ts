import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/*
 * The floors of the house (docs/architecture.md): imports run down, never up or in a circle.
 */

const runner = path.join(__dirname, '..', 'runner');
const lessons = path.join(__dirname, '..', 'lessons');

/** From the top; a floor imports from itself and from those after it. */
const floors = ['menu', 'commands', 'report', 'course', 'grader', 'sandbox', 'redis'];

const test = suite('architecture');

test('no floor imports from one above it', () => {
  const faults = filesBelow(runner).flatMap((file) => {
    const [floor = ''] = path.relative(runner, file).split(path.sep);
    return importsOf(file)
      .map((target) => path.relative(runner, target).split(path.sep))
      .filter(
        ([other = '']) => floors.includes(other) && floors.indexOf(other) < floors.indexOf(floor),
      )
      .map((target) => `${path.relative(runner, file)} imports ${target.join('/')}`);
  });
  assert.equal(faults, []);
});

test('every folder of the runner is a floor', () => {
  const folders = readdirSync(runner, { withFileTypes: true }).filter((entry) =>
    entry.isDirectory(),
  );
  assert.equal(folders.map((entry) => entry.name).sort(), [...floors].sort());
});

test("a lesson's check imports the grader's words and nothing else of the runner", () => {
  const faults = readdirSync(lessons).flatMap((lesson) => {
    const check = path.join(lessons, lesson, 'check.ts');
    return importsOf(check)
      .filter((target) => path.dirname(target) !== path.join(runner, 'grader'))
      .map((target) => `${lesson}: ${target}`);
  });
  assert.equal(faults, []);
});

test('no modules import each other in a circle', () => {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, trail: string[]) => {
    const at = trail.indexOf(file);
    if (at >= 0) {
      circles.push([...trail.slice(at), file].map((one) => path.relative(runner, one)).join(' → '));
      return;
    }
    if (done.has(file)) return;
    for (const target of importsOf(file, { types: false })) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of filesBelow(runner)) visit(file, []);
  assert.equal(circles, []);
});

test.run();

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /(?<!\.d)\.(?:ts|cjs)$/.test(name))
    .map((name) => path.join(folder, name));
}

/** The project's own files that a file imports, requires, or loads later. */
function importsOf(file: string, { types = true } = {}): string[] {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const names: string[] = [];
  const walk = (node: ts.Node) => {
    const name = importedName(node, types);
    if (name?.startsWith('.')) names.push(name);
    ts.forEachChild(node, walk);
  };
  walk(tree);
  const known = new Set(filesBelow(runner));
  return names.flatMap((name) => {
    const target = path.resolve(path.dirname(file), name);
    return [`${target}.ts`, target].find((one) => known.has(one)) ?? [];
  });
}

function importedName(node: ts.Node, types: boolean): string | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
    const typeOnly = ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly : node.isTypeOnly;
    if (typeOnly && !types) return undefined;
    const from = node.moduleSpecifier;
    return from && ts.isStringLiteral(from) ? from.text : undefined;
  }
  if (!ts.isCallExpression(node)) return undefined;
  const loads =
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require');
  const [argument] = node.arguments;
  // What is loaded late, when it is used, closes no circle at start-up.
  if (!loads || !argument || !ts.isStringLiteral(argument)) return undefined;
  return types || node.expression.kind !== ts.SyntaxKind.ImportKeyword ? argument.text : undefined;
}
