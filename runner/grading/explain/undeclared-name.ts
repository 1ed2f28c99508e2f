import ts from 'typescript';
import type { PlacedFinding } from '../finding';
import { functionAround } from '../source/functions';
import { Source } from '../source/requirements';
import { nearest } from './edit-distance';
import { exportsOf, homeOf, madeNames, methodsOf } from './known-names';

/**
 * What was meant by a name of which nothing is declared, as far as the file shows it.
 * @param line where it is used, from 1
 * @param file the learner's, absolute
 */
export function explainUndeclared(
  name: string,
  line: number | undefined,
  file: string,
): Partial<Pick<PlacedFinding, 'message' | 'next'>> | undefined {
  const source = new Source(file);
  const use = source.nodes.find(
    (node) => ts.isIdentifier(node) && node.text === name && source.lineOf(node) === line,
  );
  if (!use) return undefined;
  const next = namedImport(source, name) ?? exported(source, name) ?? method(source, name);
  return next === undefined
    ? (leftOut(source, use, name) ?? elsewhere(source, use, name) ?? respelt(source, use, name))
    : { next };
}

/** A function of a module: of one that the file imports whole, or that it does not import at all. */
function exported(source: Source, name: string): string | undefined {
  const home = homeOf(name);
  if (home === undefined) return undefined;
  const whole = defaultImport(source, home);
  const add = `import { ${name} } from '${home}'`;
  return whole === undefined
    ? `Import it: ${add}.`
    : `Write ${whole}.${name}, or import it by its name: ${add}.`;
}

/** The package's own name, where only names out of it are imported. */
function namedImport(source: Source, name: string): string | undefined {
  const clause = imports(source).find(({ from }) => from === name)?.clause;
  if (!clause || clause.name) return undefined;
  const used = source.nodes.flatMap((node) =>
    ts.isPropertyAccessExpression(node) && node.expression.getText() === name
      ? [node.name.text]
      : [],
  );
  const [first] = used;
  return first === undefined
    ? undefined
    : `The import gives names out of the package, not the package: add ${first} to its braces, and write ${first} in place of ${name}.${first}.`;
}

/** A method of what the package makes, without what it belongs to. */
function method(source: Source, name: string): string | undefined {
  const makers = ['createClient', 'createQueue'];
  for (const maker of makers) {
    const made = methodsOf(maker).includes(name) ? madeNames(source, maker)[0] : undefined;
    if (made !== undefined)
      return `It is a method of ${made}: write ${made}.${name} in place of ${name}.`;
  }
  return undefined;
}

/** What a callback is given under such a name, if it takes fewer than it is given. */
function leftOut(source: Source, use: ts.Node, name: string) {
  if (!/^(?:er+|err|error|done|reply|progress|percent(?:age)?)$/i.test(name)) return undefined;
  const around = functionAround(use);
  if (!around || !(ts.isArrowFunction(around) || ts.isFunctionExpression(around))) return undefined;
  if (!ts.isCallExpression(around.parent)) return undefined;
  const given = around.parameters.map((one) => one.name.getText());
  // It has the argument, and calls it otherwise.
  if (given.some((one) => isKin(one, name))) return undefined;
  const names = [...given, name];
  return {
    next: `Name it among the parameters of the function that begins in line ${source.lineOf(around)}: (${names.join(', ')}) => ….`,
  };
}

/** Something of that name that is declared where the use cannot see it. */
function elsewhere(source: Source, use: ts.Node, name: string) {
  const [other] = declarations(source).filter((one) => one.text === name);
  if (!other) return undefined;
  const line = source.lineOf(other);
  return ts.isParameter(other.parent)
    ? {
        message: `The name “${name}” is used outside of the function that gets it as its argument, in line ${line}.`,
        next: 'Use it within that function only, or give it the value there that is needed outside.',
      }
    : {
        message: `The name “${name}” is declared in line ${line}, within a function or a block, and is unknown outside of it.`,
        next: `Declare it outside: move line ${line} to the top of the file, or what uses “${name}” in line ${source.lineOf(use)} into the same block.`,
      };
}

/** A name near to it that can be seen there: by its spelling, or as the function's argument of that kind. */
function respelt(source: Source, use: ts.Node, name: string) {
  const seen = declarations(source).filter((one) => isSeenFrom(use, one));
  const near = nearest(
    name,
    seen.map(({ text }) => text),
  );
  const kin = seen.find(
    ({ text, parent }) => ts.isParameter(parent) && isKin(text, name) && text.length > 1,
  );
  const found = seen.find(({ text }) => text === near) ?? kin;
  if (found) {
    return {
      next: `Write “${found.text}”: that is the name which line ${source.lineOf(found)} declares.`,
    };
  }
  const known = nearest(name, ['console', 'process', 'require', 'module', 'setTimeout', 'JSON']);
  return known === undefined ? undefined : { next: `Write “${known}”.` };
}

/** Whether one is the other cut short, such as `err` and `error`. */
function isKin(one: string, other: string): boolean {
  return one !== '' && (one.startsWith(other) || other.startsWith(one));
}

function declarations(source: Source): ts.Identifier[] {
  return source.nodes.filter(
    (node): node is ts.Identifier =>
      ts.isIdentifier(node) &&
      (ts.isVariableDeclaration(node.parent) ||
        ts.isParameter(node.parent) ||
        ts.isFunctionDeclaration(node.parent) ||
        ts.isClassDeclaration(node.parent) ||
        ts.isBindingElement(node.parent) ||
        ts.isImportClause(node.parent) ||
        ts.isImportSpecifier(node.parent)) &&
      node.parent.name === node,
  );
}

/** Whether the block or the function that a name is declared in holds the use. */
function isSeenFrom(use: ts.Node, declared: ts.Node): boolean {
  let scope: ts.Node = declared.parent.parent;
  if (ts.isParameter(declared.parent)) scope = declared.parent.parent;
  while (!ts.isSourceFile(scope) && !ts.isBlock(scope) && !ts.isFunctionLike(scope)) {
    scope = scope.parent;
  }
  return scope.pos <= use.pos && use.end <= scope.end;
}

/** The name by which a file imports a whole module. */
export function defaultImport(source: Source, module: string): string | undefined {
  for (const { from, clause } of imports(source)) {
    if (from !== module) continue;
    const space = clause?.namedBindings;
    return (
      clause?.name?.text ?? (space && ts.isNamespaceImport(space) ? space.name.text : undefined)
    );
  }
  return undefined;
}

function imports(source: Source) {
  return source.nodes.flatMap((node) =>
    ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)
      ? [{ from: node.moduleSpecifier.text, clause: node.importClause }]
      : [],
  );
}

/** What was meant by a name that a module does not export. */
export function nextForExport(module: string, name: string): string | undefined {
  const near = nearest(name, exportsOf(module));
  if (near !== undefined) return `It exports “${near}”: write that.`;
  const home = homeOf(name);
  return home === undefined || home === module
    ? undefined
    : `“${name}” is in “${home}”: import { ${name} } from '${home}'.`;
}
