import { isPrint, isWithin, type OutputDiagnosis, type Source, ts } from '#grading';

/**
 * Where a file prints something else than the reply that it gets, as its syntax shows: the callback's
 * first argument, a variable that has no value yet, or a part of what is awaited.
 */
export function misread(source: Source): Omit<OutputDiagnosis, 'pattern'> | undefined {
  return takenApart(source) ?? printedInCallback(source);
}

/** `const [error, value] = await …`: of a text only letters, or nothing, can be taken out. */
export function takenApart(source: Source): Omit<OutputDiagnosis, 'pattern'> | undefined {
  const taken = source.nodes.find(
    (node): node is ts.VariableDeclaration =>
      ts.isVariableDeclaration(node) &&
      !ts.isIdentifier(node.name) &&
      node.initializer !== undefined &&
      ts.isAwaitExpression(node.initializer),
  );
  if (!taken) return undefined;
  return {
    message: `${quoteCode(taken.name)} takes apart what is awaited; that is the value itself.`,
    next: 'Give it one name, without brackets: const value = await ….',
    line: source.lineOf(taken),
  };
}

function printedInCallback(source: Source): Omit<OutputDiagnosis, 'pattern'> | undefined {
  for (const node of source.nodes) {
    if (!ts.isCallExpression(node) || !/\.get$/.test(node.expression.getText())) continue;
    const callback = node.arguments.at(-1);
    if (!callback || !ts.isFunctionLike(callback)) continue;
    const prints = source.nodes.filter((one) => isPrint(one) && isWithin(one, callback));
    if (prints.length === 0) {
      return {
        message: 'What is printed has no value yet: the callback of client.get() runs later.',
        next: 'Print the value in the callback, where it has come.',
      };
    }
    const [error] = callback.parameters;
    const name = error?.name.getText();
    const first = prints.find(
      (one) => ts.isCallExpression(one) && one.arguments.some((given) => given.getText() === name),
    );
    if (!first || name === undefined) continue;
    return {
      message: `“${name}” is the callback’s first argument: the error, which is null if all went well.`,
      next: 'Name two arguments, and print the second: the callback gets (error, reply).',
      line: source.lineOf(callback),
    };
  }
  return undefined;
}

function quoteCode(node: ts.Node): string {
  return `“${node.getText()}”`;
}
