import { fail, type ProgramRun, type Task, ts } from '#grading';

/**
 * The fields of a job's data are not used as if they were variables.
 * @throws CheckFailure where the program has ended by that
 */
export function expectFieldsOfData({ source }: Task, running: ProgramRun): void {
  const [error] = running.program.errors;
  const [, name] = /^(phoneNumber|message) is not defined$/.exec(error?.message ?? '') ?? [];
  if (!error || name === undefined) return;
  const used = source.nodes.find(
    (node) =>
      ts.isIdentifier(node) &&
      node.text === name &&
      !(ts.isPropertyAccessExpression(node.parent) && node.parent.name === node) &&
      !ts.isParameter(node.parent) &&
      !isInFunctionWith(node, name),
  );
  fail({
    class: 'crash',
    message: `“${name}” is no variable where the program uses it: it is a field of the job’s data.`,
    next: `Read it from there: job.data.${name}.`,
    seen: `${error.name}: ${error.message}`,
    line: used && source.lineOf(used),
  });
}

/** Whether a function around it has a parameter of the name. */
function isInFunctionWith(node: ts.Node, name: string): boolean {
  for (let at = node.parent; at; at = at.parent) {
    if (ts.isFunctionLike(at) && at.parameters.some((one) => one.name.getText() === name))
      return true;
  }
  return false;
}
