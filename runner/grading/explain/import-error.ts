import { isBuiltin } from 'node:module';
import ts from 'typescript';
import { importedFile } from '../../sandbox/process/compiled';
import { type CourseTerms, neededPackages } from '../course-terms';
import type { PlacedFinding } from '../finding';
import { Source } from '../source/requirements';
import { lacksDefault } from './absent-default';
import { says } from './error-rules';
import { exportsOf, makerOf } from './known-names';
import { specifierOf } from './missing-module';
import { promising, redisPackage } from './redis-version';

/**
 * Errors that come of the form of an import: of a name that the package does not export, or of the
 * whole package where one of its functions is meant.
 * @param message the error's own
 * @param line where it was thrown in the file, from 1
 * @param file the learner's, absolute
 * @param course its packages export one object each, which a default import is given whole
 */
export function explainImport(
  message: string,
  line: number | undefined,
  { file, course }: { file: string; course: CourseTerms },
): Pick<PlacedFinding, 'class' | 'message' | 'next' | 'at' | 'line'> | undefined {
  const [, read] = says.readOfUndefined.exec(message) ?? [];
  const whole = neededPackages(course).filter((name) => !lacksDefault(name, course));
  if (read !== undefined) return missingName(new Source(file), read, { line, whole });
  const [, called] = says.calledModule.exec(message) ?? [];
  return called === undefined
    ? undefined
    : wholePackage(new Source(file), specifierOf(called, file), { line, whole });
}

/** `import { redis } from 'redis'`: what stands before the dot is a name that is not there. */
function missingName(
  source: Source,
  read: string,
  { line, whole }: { line: number | undefined; whole: readonly string[] },
) {
  const used = source.nodes.find(
    (node): node is ts.PropertyAccessExpression =>
      ts.isPropertyAccessExpression(node) &&
      node.name.text === read &&
      source.lineOf(node.name) === line &&
      ts.isIdentifier(node.expression),
  );
  const name = used?.expression.getText();
  const specifier = source.nodes.find(
    (node): node is ts.ImportSpecifier => ts.isImportSpecifier(node) && node.name.text === name,
  );
  const from = specifier?.parent.parent.parent.moduleSpecifier;
  if (!specifier || !from || !ts.isStringLiteral(from)) return;
  const exported = (specifier.propertyName ?? specifier.name).text;
  if (from.text.startsWith('.')) return missingInOwn(source, from.text, exported);
  return {
    class: 'missing-export' as const,
    message: `The package “${from.text}” exports nothing of the name “${exported}”.`,
    next: whole.includes(from.text)
      ? `Import the whole package, without braces: import ${name} from '${from.text}'.`
      : `Import ${read} by its name, if the package has it: import { ${read} } from '${from.text}'.`,
    at: { names: [from.text, exported] },
  };
}

/** A file of the learner's own that exports no such name; where it does, it is only not there yet. */
function missingInOwn(source: Source, from: string, exported: string) {
  const beside = importedFile(source.file, from);
  if (beside === undefined || exportsName(new Source(beside), exported)) return undefined;
  return {
    class: 'missing-export' as const,
    message: `The file “${from}” exports nothing of the name “${exported}”.`,
    next: `Write export before what declares “${exported}” there, or copy that code into this file.`,
    at: { names: [from, exported] },
  };
}

/** Whether a file exports this name, or anything in a way that its syntax does not show. */
function exportsName(source: Source, name: string): boolean {
  return source.nodes.some(
    (node) =>
      (ts.isExportSpecifier(node) && node.name.text === name) ||
      (ts.isExportDeclaration(node) && !node.exportClause) ||
      (ts.isIdentifier(node) && ['exports', 'module'].includes(node.text)) ||
      (node.kind === ts.SyntaxKind.ExportKeyword &&
        new RegExp(`\\b${name}\\b`).test(node.parent.getText())),
  );
}

/** `import createClient from 'redis'`: the name stands for the package, whatever it is called. */
function wholePackage(
  source: Source,
  module: string,
  { line, whole }: { line: number | undefined; whole: readonly string[] },
) {
  if (!whole.includes(module) && !isBuiltin(module)) return undefined;
  if (module === 'redis' && redisPackage(source.file).major >= promising) return undefined;
  const clause = source.nodes.find(
    (node): node is ts.ImportDeclaration =>
      ts.isImportDeclaration(node) &&
      ts.isStringLiteral(node.moduleSpecifier) &&
      node.moduleSpecifier.text === module,
  )?.importClause;
  const name = clause?.name?.text;
  if (name === undefined) return undefined;
  const maker = exportsOf(module).includes(name) ? undefined : makerOf(module);
  return {
    class: 'missing-export' as const,
    message: `“${name}” is called, but its import gives the whole package “${module}”, which is not a function.`,
    next:
      maker === undefined
        ? `A function of the package is imported by its name, in braces, such as import { ${name} } from '${module}'.`
        : `Call a function of it: ${name}.${maker}().`,
    ...(maker === undefined ? { at: { names: [name, module] } } : { line }),
  };
}
