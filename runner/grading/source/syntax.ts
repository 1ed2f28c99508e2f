import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { isTypeScript } from '../../program-file';
import { importedFile } from '../../sandbox/process/compiled';
import { findFunction, functionAround, isAsync, isWithin } from './functions';

/** A function, and the file of the learner's that it is declared in. */
export interface Declared {
  node: ts.Node;
  file: Syntax;
}

/** A learner's file as a syntax tree, and what can be asked of it. */
export class Syntax {
  readonly #tree: ts.SourceFile;
  readonly #nodes: ts.Node[] = [];
  #files: readonly Syntax[] | undefined;

  /** @param file absolute; parsed as TypeScript or JavaScript by its ending */
  constructor(readonly file: string) {
    const kind = isTypeScript(file) ? ts.ScriptKind.TS : ts.ScriptKind.JS;
    this.#tree = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      kind,
    );
    const walk = (node: ts.Node) => {
      this.#nodes.push(node);
      ts.forEachChild(node, walk);
    };
    walk(this.#tree);
  }

  /** The whole tree, node for node, from the top of the file. */
  get nodes(): readonly ts.Node[] {
    return this.#nodes;
  }

  /** The file as it was read. */
  get text(): string {
    return this.#tree.text;
  }

  /** The line that a node begins on, from 1. */
  lineOf(node: ts.Node): number {
    return this.#tree.getLineAndCharacterOfPosition(node.getStart(this.#tree)).line + 1;
  }

  /** The line of the called name: a chain of calls begins above it. */
  #lineOfCall({ expression }: ts.CallExpression): number {
    return this.lineOf(ts.isPropertyAccessExpression(expression) ? expression.name : expression);
  }

  /** Whether nothing but comments and blanks is in it. */
  get empty(): boolean {
    return this.#tree.statements.length === 0;
  }

  /** Whether a function of that name is declared, here or in a file of the learner's beside. */
  has(name: string): boolean {
    return this.functionNamed(name) !== undefined;
  }

  /** Whether the name stands anywhere, as a name or as a text. */
  mentions(name: string): boolean {
    return this.#nodes.some(
      (node) => (ts.isIdentifier(node) || ts.isStringLiteralLike(node)) && node.text === name,
    );
  }

  /** Whether the module is imported or required, here or in a file of the learner's beside. */
  uses(module: string): boolean {
    return this.files.some((file) => file.modules().includes(module));
  }

  /** The line of the first call of a function or method of that name, from 1; of the next name without one. */
  lineOfCall(...names: string[]): number | undefined {
    const [call] = names.flatMap((name) => this.calls(name));
    return call && this.#lineOfCall(call);
  }

  /** How many calls of a function or method of that name stand in the file. */
  countCalls(name: string): number {
    return this.calls(name).length;
  }

  /** The texts that calls of that name get as their first argument, with their lines from 1. */
  textArguments(name: string): { text: string; line: number }[] {
    return this.calls(name).flatMap((call) => {
      const [argument] = call.arguments;
      if (argument === undefined || !ts.isStringLiteralLike(argument)) return [];
      return [{ text: argument.text, line: this.#lineOfCall(call) }];
    });
  }

  /**
   * The texts and numbers that calls of that name get, in their places, with lines from 1; and how many
   * arguments there are at the least, besides a callback in the last place.
   */
  literalArguments(
    name: string,
  ): { values: (string | number | undefined)[]; line: number; fewest: number }[] {
    const literal = (node: ts.Expression) => {
      if (ts.isStringLiteralLike(node)) return node.text;
      return ts.isNumericLiteral(node) ? Number(node.text) : undefined;
    };
    return this.calls(name).map((call) => ({
      values: call.arguments.map(literal),
      line: this.#lineOfCall(call),
      fewest: fewestWords(call),
    }));
  }

  /** Whether the name stands anywhere but where it is declared, imported or exported. */
  isUsed(name: string): boolean {
    return this.#nodes.some(
      (node) =>
        ts.isIdentifier(node) &&
        node.text === name &&
        !ts.isExportSpecifier(node.parent) &&
        !ts.isImportSpecifier(node.parent) &&
        !ts.isImportClause(node.parent) &&
        !ts.isExportAssignment(node.parent) &&
        !(
          (ts.isFunctionLike(node.parent) || ts.isVariableDeclaration(node.parent)) &&
          node.parent.name === node
        ),
    );
  }

  /**
   * How many parameters the named function has.
   * @returns nothing where it is not declared, or may take any number
   */
  parameters(name: string): number | undefined {
    const declared = this.functionNamed(name);
    if (!declared || !ts.isFunctionLike(declared.node)) return undefined;
    const { parameters } = declared.node;
    const takesAny =
      parameters.some((one) => one.dotDotDotToken) ||
      this.nodesIn(declared).some((node) => ts.isIdentifier(node) && node.text === 'arguments');
    return takesAny ? undefined : parameters.length;
  }

  /** The line of the first place where the text stands as a string, or a part of one. */
  lineOfText(text: string): number | undefined {
    const found = this.#nodes.find(
      (node) =>
        (ts.isStringLiteralLike(node) ||
          node.kind === ts.SyntaxKind.TemplateHead ||
          node.kind === ts.SyntaxKind.TemplateMiddle ||
          node.kind === ts.SyntaxKind.TemplateTail) &&
        (node as ts.LiteralLikeNode).text.includes(text),
    );
    return found ? this.lineOf(found) : undefined;
  }

  /**
   * The first `await` that no async function holds.
   * @param topAllowed whether one outside of every function is right
   */
  strayAwait(topAllowed: boolean): { line: number; top: boolean } | undefined {
    for (const node of this.#nodes) {
      if (!ts.isAwaitExpression(node)) continue;
      const around = functionAround(node);
      const stray = around ? !isAsync(around) : !topAllowed;
      if (stray) return { line: this.lineOf(node), top: around === undefined };
    }
    return undefined;
  }

  /** The modules that are imported, required or exported from, as they are written. */
  modules(): string[] {
    return this.#nodes.flatMap((node) => {
      const specifier =
        ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
          ? node.moduleSpecifier
          : ts.isExternalModuleReference(node)
            ? node.expression
            : ts.isCallExpression(node) && loads(node)
              ? node.arguments[0]
              : undefined;
      return specifier && ts.isStringLiteralLike(specifier) ? [specifier.text] : [];
    });
  }

  /** Calls of `name(…)` and `….name(…)`, also by the name that an import gave it. */
  calls(name: string): ts.CallExpression[] {
    const names = new Set([name]);
    for (const node of this.#nodes) {
      const renamed =
        (ts.isImportSpecifier(node) || ts.isBindingElement(node)) &&
        node.propertyName !== undefined &&
        ts.isIdentifier(node.propertyName) &&
        node.propertyName.text === name;
      if (renamed && ts.isIdentifier(node.name)) names.add(node.name.text);
      const alias =
        ts.isVariableDeclaration(node) &&
        ts.isIdentifier(node.name) &&
        node.initializer !== undefined &&
        ts.isPropertyAccessExpression(node.initializer) &&
        node.initializer.name.text === name;
      if (alias && ts.isIdentifier(node.name)) names.add(node.name.text);
    }
    return this.#nodes.filter((node): node is ts.CallExpression => {
      if (!ts.isCallExpression(node)) return false;
      const callee = node.expression;
      if (ts.isIdentifier(callee)) return names.has(callee.text);
      return ts.isPropertyAccessExpression(callee) && callee.name.text === name;
    });
  }

  /** Whether the name stands as a value: under another name, or as an argument, it may be called too. */
  isHandedOn(name: string): boolean {
    return this.#nodes.some((node) => {
      if (!ts.isIdentifier(node) || node.text !== name) return false;
      const whole = ts.isPropertyAccessExpression(node.parent) ? node.parent : node;
      const { parent } = whole;
      if (ts.isCallExpression(parent)) return parent.arguments.some((one) => one === whole);
      return (
        (ts.isVariableDeclaration(parent) && parent.initializer === node) ||
        ts.isPropertyAssignment(parent) ||
        ts.isArrayLiteralExpression(parent)
      );
    });
  }

  /** This file, and after it those of the learner's own that it imports, and that those import. */
  get files(): readonly Syntax[] {
    if (this.#files) return this.#files;
    const found: Syntax[] = [this];
    // The list grows while it is gone through.
    for (const one of found) {
      for (const file of one.#imported()) {
        if (found.every((known) => known.file !== file)) found.push(new Syntax(file));
      }
    }
    this.#files = found;
    return found;
  }

  #imported(): string[] {
    return this.modules()
      .filter((name) => name.startsWith('.'))
      .map((name) => importedFile(this.file, name))
      .filter((file) => file !== undefined)
      .filter((file) => /\.[cm]?[jt]s$/.test(file));
  }

  /** Whether something is done with what a call gives: at once, or by the name it is given. */
  isResultUsed(call: ts.CallExpression): boolean {
    let made: ts.Node = call;
    // promisify(…).bind(…) is the same function still.
    while (
      (ts.isPropertyAccessExpression(made.parent) && made.parent.name.text === 'bind') ||
      ts.isParenthesizedExpression(made.parent) ||
      ts.isAsExpression(made.parent) ||
      (ts.isCallExpression(made.parent) &&
        made.parent.expression === made &&
        ts.isPropertyAccessExpression(made))
    ) {
      made = made.parent;
    }
    const { parent } = made;
    if (ts.isExpressionStatement(parent)) return false;
    const name = ts.isVariableDeclaration(parent)
      ? parent.name
      : ts.isBinaryExpression(parent) && parent.right === made
        ? ts.isPropertyAccessExpression(parent.left)
          ? parent.left.name
          : parent.left
        : undefined;
    if (!name || !ts.isIdentifier(name)) return true;
    return this.#nodes.some(
      (node) => ts.isIdentifier(node) && node !== name && node.text === name.text,
    );
  }

  /** Where a function of that name is declared, here or in a file of the learner's beside. */
  protected functionNamed(name: string): Declared | undefined {
    const found = this.#declared(name);
    // Of a method under the name, what it is says more than where it was taken from.
    const method = found && ts.isPropertyAccessExpression(found.node) && found.node.name.text;
    const itself = method ? this.#declared(method) : undefined;
    return itself && ts.isFunctionLike(itself.node) ? itself : found;
  }

  #declared(name: string): Declared | undefined {
    for (const file of this.files) {
      const node = findFunction(file.#nodes, name);
      if (node) return { node, file };
    }
    return undefined;
  }

  /** Whether the name is that of something imported from a file of the learner's beside. */
  protected importsOwn(name: string): boolean {
    return this.#nodes.some((node) => {
      if (!ts.isImportSpecifier(node) && !ts.isImportClause(node)) return false;
      const { moduleSpecifier } = ts.isImportClause(node) ? node.parent : node.parent.parent.parent;
      const own = ts.isStringLiteral(moduleSpecifier) && moduleSpecifier.text.startsWith('.');
      return own && node.name?.text === name;
    });
  }

  /** What a declared function is made of. */
  protected nodesIn({ node, file }: Declared): ts.Node[] {
    return file.#nodes.filter((one) => isWithin(one, node));
  }
}

/** What may be a callback, and what may stand for none or several, does not count. */
function fewestWords({ arguments: given }: ts.CallExpression): number {
  const last = given.at(-1);
  const isWord = last && (ts.isStringLiteralLike(last) || ts.isNumericLiteral(last));
  return given.filter((one, at) => !ts.isSpreadElement(one) && (at < given.length - 1 || isWord))
    .length;
}

/** Whether a call is `require(…)` or `import(…)`. */
function loads({ expression }: ts.CallExpression): boolean {
  return (
    expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(expression) && expression.text === 'require')
  );
}
