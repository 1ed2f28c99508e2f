import path from 'node:path';
import { Source, ts } from '#grading';

/**
 * Kue's test mode calls what save() is given at once. Where that reads the variable that is to hold
 * what save() returns, as in `const job = queue.create(…).save(() => job.id)`, it has no value yet.
 * @returns a sentence that says so; nothing where the file has no such place
 */
export function readsItselfWhileSaving(file: string): string | undefined {
  const source = new Source(file);
  for (const node of source.nodes) {
    if (!ts.isVariableDeclaration(node) || !ts.isIdentifier(node.name) || !node.initializer)
      continue;
    const name = node.name.text;
    if (!callbacksOfSave(node.initializer).some((callback) => reads(callback, name))) continue;
    return `In test mode save() calls its callback at once, and the one of line ${source.lineOf(node)} of ${path.basename(file)} reads “${name}” before it has a value: write const ${name} = queue.create(…) first, and ${name}.save(…) below it.`;
  }
  return undefined;
}

/** The functions that the calls of save() in a chain such as `a.create(…).save(…)` get. */
function callbacksOfSave(chain: ts.Node): ts.Node[] {
  if (ts.isPropertyAccessExpression(chain)) return callbacksOfSave(chain.expression);
  if (!ts.isCallExpression(chain)) return [];
  const method = chain.expression;
  const saves = ts.isPropertyAccessExpression(method) && method.name.text === 'save';
  const given = saves ? chain.arguments.filter((one) => ts.isFunctionLike(one)) : [];
  return [...given, ...callbacksOfSave(method)];
}

function reads(node: ts.Node, name: string): boolean {
  if (ts.isIdentifier(node) && node.text === name) return true;
  return ts.forEachChild(node, (child) => reads(child, name) || undefined) ?? false;
}
