import ts from 'typescript';
import type { PlacedFinding } from '../finding';
import { Source } from '../source/requirements';
import { nearest } from './edit-distance';
import { exportsOf, lastName, makerFor, makerOf, methodsOf, valueUnder } from './known-names';

type Told = Partial<Pick<PlacedFinding, 'message' | 'next' | 'line'>>;

/**
 * Why something has no such method, as far as the file shows what it is.
 * @param method the name that was called in vain
 * @param line where, from 1
 * @param file the learner's, absolute
 */
export function explainMissingMethod(
  method: string,
  line: number | undefined,
  file: string,
): Told | undefined {
  const source = new Source(file);
  const access = source.nodes.find(
    (node): node is ts.PropertyAccessExpression =>
      ts.isPropertyAccessExpression(node) &&
      node.name.text === method &&
      source.lineOf(node.name) === line,
  );
  if (!access) return undefined;
  const object = access.expression.getText();
  if (object === 'console') return rewritten(object, nearest(method, Object.keys(console)));
  return uncalled(source, object) ?? respelt(source, object, method);
}

/** What should be made by a function is that function, as it was never called. */
function uncalled(source: Source, object: string): Told | undefined {
  const value = valueUnder(source, object);
  const isName = value && (ts.isIdentifier(value) || ts.isPropertyAccessExpression(value));
  if (!isName || !/^create[A-Z]\w*$/.test(lastName(value))) return undefined;
  const made = value.getText();
  return {
    message: `“${object}” is the function ${made} itself, not what it makes: nothing calls it.`,
    next: `Call it: const ${object} = ${made}().`,
    line: source.lineOf(value),
  };
}

/** A method that what such a function makes has under a name near to it. */
function respelt(source: Source, object: string, method: string): Told | undefined {
  const maker = makerFor(source, object);
  const near = maker && nearest(method, methodsOf(maker));
  return rewritten(object, near);
}

function rewritten(object: string, near: string | undefined): Told | undefined {
  return near === undefined ? undefined : { next: `Write ${object}.${near}(…).` };
}

/**
 * The next step if a package has no function of a name: one near to it, or that of what it makes.
 * @param module as the file imports it
 */
export function nextForFunction(module: string, name: string): string | undefined {
  if (name === 'promisifyAll') {
    return 'It belongs to the package bluebird: make single functions with promisify of Node’s “util”.';
  }
  const near = nearest(name, exportsOf(module));
  if (near !== undefined) return `Write ${module}.${near}: capitals count.`;
  const maker = makerOf(module);
  return maker !== undefined && methodsOf(maker).includes(name)
    ? `“${name}” belongs to what ${maker}() makes: call it on that, not on the package.`
    : undefined;
}
