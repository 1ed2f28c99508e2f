import path from 'node:path';
import ts from 'typescript';
import { nearest } from '../explain/edit-distance';
import { fail } from '../finding';
import { isAsync } from './functions';
import { type Commands, isPromising, promisedCommand } from './promised-command';
import { type Declared, Syntax } from './syntax';

/** A learner's file, with the words for what a task asks of the source itself. */
export class Source extends Syntax {
  /**
   * The module comes by the keyword `import`.
   * @throws CheckFailure where it comes by `require`, or not at all
   */
  expectImport(module: string): void {
    if (this.nodes.some((node) => importedBy(node) === module)) return;
    const required = this.calls('require').find((call) => {
      const [argument] = call.arguments;
      return argument !== undefined && ts.isStringLiteral(argument) && argument.text === module;
    });
    const other = required
      ? undefined
      : this.nodes.find((node) => isNamedLike(importedBy(node), module));
    const found = required ?? other;
    fail({
      class: 'requirement-not-met',
      message: required
        ? `The library ${module} comes by “require”; the task asks for the keyword “import”.`
        : other
          ? `The file imports “${importedBy(other)}”, which is another library than ${module}.`
          : `The library ${module} is never imported.`,
      next: other
        ? `Write '${module}' in place of '${importedBy(other)}'.`
        : `Write import … from '${module}' at the top of the file.`,
      ...(found ? { line: this.lineOf(found) } : {}),
    });
  }

  /**
   * Every command has its callback: none is promisified, awaited or chained.
   * @param commands those that the file may send
   * @returns the line of the first promise that has to do with no command; nothing without one
   * @throws CheckFailure at the first command that works by a promise
   */
  expectCallbacks(commands: Commands): number | undefined {
    for (const file of this.files) {
      const found = promisedCommand(file, commands);
      if (!found) continue;
      const line = file.lineOf(found.node);
      const where = file === this ? `line ${line}` : `line ${line} of ${path.basename(file.file)}`;
      fail({
        class: 'requirement-not-met',
        message: `The task asks for callbacks; in ${where} ${found.what}.`,
        next: 'Hand the command a function (error, reply) => … as its last argument, and use the reply in it.',
        ...this.#lineIn({ node: found.node, file }),
      });
    }
    const needless = this.nodes.find(isPromising);
    return needless && this.lineOf(needless);
  }

  /**
   * `promisify` makes a function of the file, and the result is called somewhere.
   * @throws CheckFailure otherwise
   */
  expectPromisify(): void {
    const uses = this.calls('promisify');
    if (uses.some((call) => this.isResultUsed(call))) return;
    if (this.isHandedOn('promisify')) return;
    if (this.files.some((one) => one !== this && one.countCalls('promisify') > 0)) return;
    const [unused] = uses;
    if (unused) {
      fail({
        class: 'requirement-not-met',
        message: 'What “promisify” makes is never called.',
        next: 'Await the function that it makes: that is the async version of the command.',
        line: this.lineOf(unused),
      });
    }
    const mention = this.nodes.find((node) => ts.isIdentifier(node) && node.text === 'promisify');
    fail({
      class: 'requirement-not-met',
      message: mention
        ? '“promisify” is imported, but nothing is made with it.'
        : 'The task asks for “promisify”; the file does not use it.',
      next: 'Make an async version of a command: promisify(client.get).bind(client).',
      ...(mention ? { line: this.lineOf(mention) } : {}),
    });
  }

  /**
   * Something in the file, or in one of the learner's beside, works by the keywords `async` or `await`.
   * @throws CheckFailure otherwise
   */
  expectAsync(): void {
    const isKeyword = (node: ts.Node) =>
      ts.isAwaitExpression(node) || node.kind === ts.SyntaxKind.AsyncKeyword;
    if (this.files.some((file) => file.nodes.some(isKeyword))) return;
    fail({
      class: 'requirement-not-met',
      message: 'The task asks for the keywords “async” and “await”; the file uses neither.',
      next: 'Make the functions that ask Redis async, and await the values in them.',
    });
  }

  /** Whether the named function is declared with `async`, and awaits something. */
  awaitsIn(name: string): boolean {
    const declared = this.functionNamed(name);
    return declared !== undefined && isAsync(declared.node) && this.#awaits(declared);
  }

  /** Whether the named function is declared with `async`. */
  isAsync(name: string): boolean {
    const declared = this.functionNamed(name);
    return declared !== undefined && isAsync(declared.node);
  }

  /**
   * The named function is `async` and holds an `await`, or a function within it does; where it cannot
   * be found what stands under the name, the file does.
   * @throws CheckFailure otherwise
   */
  expectAsyncFunction(name: string): void {
    const declared = this.functionNamed(name);
    if (!declared) {
      this.expectFunction(name);
      return;
    }
    if (ts.isPropertyAccessExpression(declared.node)) {
      this.expectAsync();
      return;
    }
    if (this.#awaits(declared) && this.nodesIn(declared).some(isAsync)) return;
    fail({
      class: 'requirement-not-met',
      message: isAsync(declared.node)
        ? `The function ${name} is async but awaits nothing.`
        : `The function ${name} is not an async function.`,
      next: isAsync(declared.node)
        ? 'Put await before the call that asks Redis.'
        : 'Write async before it, and await in it what promisify makes of the command.',
      ...this.#lineIn(declared),
    });
  }

  /**
   * A function of that name is declared, in the file or in one of the learner's beside.
   * @throws CheckFailure otherwise
   */
  expectFunction(name: string): void {
    if (this.functionNamed(name) || this.importsOwn(name)) return;
    const declared = this.nodes.flatMap((node) => declaredFunction(node) ?? []);
    const other = nearest(
      name,
      declared.map((one) => one.name),
    );
    const found = declared.find((one) => one.name === other);
    fail({
      class: 'requirement-not-met',
      message: `The file declares no function of the name ${name}${other === undefined ? '' : `; it has one of the name ${other}`}.`,
      next: other
        ? `Call it ${name}, not ${other}: the task’s name counts to the letter.`
        : `Write a function ${name}; its name must be the task's to the letter.`,
      ...(found ? { line: this.lineOf(found.node) } : {}),
    });
  }

  /**
   * A function of that name is declared, with at least these parameters, and uses each.
   * @throws CheckFailure otherwise
   */
  expectParameters(name: string, parameters: readonly string[]): void {
    this.expectFunction(name);
    const declared = this.functionNamed(name);
    const count = this.parameters(name);
    if (!declared || !ts.isFunctionLike(declared.node) || count === undefined) return;
    const line = this.#lineIn(declared);
    const asked = `${parameters.length === 1 ? 'one' : parameters.length}: ${parameters.join(' and ')}`;
    if (count < parameters.length) {
      fail({
        class: 'requirement-not-met',
        message: `The function ${name} takes ${['no argument', 'one argument'][count] ?? `${count} arguments`}; the task asks for ${asked}.`,
        next: `Let it take ${parameters.join(', ')}, and use what it gets.`,
        ...line,
      });
    }
    this.expectParameterOrder(name, parameters);
    const names = this.nodesIn(declared).filter((node) => ts.isIdentifier(node));
    const ignored = declared.node.parameters
      .slice(0, parameters.length)
      .find(
        ({ name: own }) =>
          ts.isIdentifier(own) && !names.some((one) => one !== own && one.text === own.text),
      );
    if (!ignored) return;
    fail({
      class: 'requirement-not-met',
      message: `The function ${name} never uses its argument ${ignored.name.getText()}.`,
      next: 'Use what the function gets in place of a fixed value.',
      ...line,
    });
  }

  /**
   * Of its parameters, those that bear the task's names come in the task's order.
   * @throws CheckFailure otherwise
   */
  expectParameterOrder(name: string, parameters: readonly string[]): void {
    const declared = this.functionNamed(name);
    if (!declared || !ts.isFunctionLike(declared.node)) return;
    const own = declared.node.parameters
      .map((one) => one.name.getText())
      .filter((one) => parameters.includes(one));
    const asked = parameters.filter((one) => own.includes(one));
    if (own.every((one, at) => one === asked[at])) return;
    fail({
      class: 'requirement-not-met',
      message: `The function ${name} takes its arguments in the order ${own.join(', ')}; the task names them ${asked.join(', ')}.`,
      next: `Declare it as ${name}(${parameters.join(', ')}), and call it in this order.`,
      ...this.#lineIn(declared),
    });
  }

  /**
   * The named function leaves the call of another one to the file.
   * @throws CheckFailure where it makes it itself
   */
  expectNoCallOf(name: string, other: string): void {
    const declared = this.functionNamed(name);
    if (!declared || !ts.isFunctionLike(declared.node)) return;
    const call = this.nodesIn(declared).find(
      (node) =>
        ts.isCallExpression(node) &&
        ts.isIdentifier(node.expression) &&
        node.expression.text === other,
    );
    if (!call) return;
    fail({
      class: 'requirement-not-met',
      message: `The function ${name} calls ${other} itself; the task has the file call it.`,
      next: `Take that call out of ${name}, and call ${other} in the file, after ${name}.`,
      ...this.#lineIn({ node: call, file: declared.file }),
    });
  }

  /** The line of what is declared in this file; a finding has none of another. */
  #lineIn({ node, file }: Declared): { line?: number } {
    return file === this ? { line: this.lineOf(node) } : {};
  }

  #awaits(declared: Declared): boolean {
    return this.nodesIn(declared).some(
      (node) =>
        ts.isAwaitExpression(node) ||
        (ts.isForOfStatement(node) && node.awaitModifier !== undefined),
    );
  }
}

/** Whether a package's name has the wanted one in it, in whatever letters; no file of the learner's own. */
function isNamedLike(name: string | undefined, wanted: string): boolean {
  return name !== undefined && !/^[./]/.test(name) && name.toLowerCase().includes(wanted);
}

/** A function's declaration, or that of a variable that holds one, with its name. */
function declaredFunction(node: ts.Node): { name: string; node: ts.Node } | undefined {
  const isVariable =
    ts.isVariableDeclaration(node) && node.initializer && ts.isFunctionLike(node.initializer);
  if (!ts.isFunctionDeclaration(node) && !isVariable) return undefined;
  return node.name && ts.isIdentifier(node.name) ? { name: node.name.text, node } : undefined;
}

/** The module that an import brings: by a declaration, by a call, or TypeScript's `import x = …`. */
function importedBy(node: ts.Node): string | undefined {
  const specifier = ts.isImportDeclaration(node)
    ? node.moduleSpecifier
    : ts.isExternalModuleReference(node)
      ? node.expression
      : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : undefined;
  return specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined;
}
