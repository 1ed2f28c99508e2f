import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { kindOf } from '../../compile.cjs';
import type { CourseTerms } from '../course-terms';
import { type PlacedFinding, quote } from '../finding';
import type { Source } from '../source/requirements';

/**
 * A package that the file imports by a default export which it does not have: where modules become
 * CommonJS, as Babel and TypeScript do it, the name stands for undefined.
 */
export function explainAbsentDefault(
  source: Source,
  course: CourseTerms,
): PlacedFinding | undefined {
  // There a default import is the package whole.
  if (kindOf(source.file, source.text, course.reader) === 'module') return undefined;
  for (const node of source.nodes) {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue;
    const module = node.moduleSpecifier.text;
    const whole = node.importClause?.name?.text;
    if (whole === undefined || !source.isUsed(whole) || !lacksDefault(module, course)) continue;
    const names = namesOutOf(source, whole);
    return {
      class: 'missing-export',
      message: `The package ${module} has no default export: ${quote(whole)} is undefined.`,
      next: `Import what you need by its name: import { ${(names.length > 0 ? names : [whole]).join(', ')} } from '${module}'.`,
      line: source.lineOf(node),
    };
  }
  return undefined;
}

/** Whether a package that the course lends was an ECMAScript module, and exports no default. */
export function lacksDefault(module: string, { packages }: CourseTerms): boolean {
  const lent = packages.find(({ name }) => name === module);
  if (!lent) return false;
  const text = readFileSync(require.resolve(lent.from ?? lent.name), 'utf8');
  return (
    /defineProperty\(exports, ?["']__esModule["']/.test(text) && !/\bexports\.default\b/.test(text)
  );
}

/** What the file takes out of the package: `createClient` of `redis.createClient` and of `{ createClient } = redis`. */
function namesOutOf(source: Source, whole: string): string[] {
  const names = source.nodes.flatMap((node) => {
    if (ts.isPropertyAccessExpression(node) && node.expression.getText() === whole) {
      return [node.name.text];
    }
    const pattern = ts.isVariableDeclaration(node) && node.initializer?.getText() === whole;
    if (!pattern || !ts.isObjectBindingPattern(node.name)) return [];
    return node.name.elements.map(({ propertyName, name }) => (propertyName ?? name).getText());
  });
  return [...new Set(names)];
}
