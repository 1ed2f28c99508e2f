import ts from 'typescript';
import type { Source } from './requirements';

const called = 'called';
const settled = 'settled';

/**
 * The file's text, in which every call of the named function prints a line when it is made, and one
 * when the promise that it gives settles; what it gives is the same.
 */
export function withCallsWatched(source: Source, name: string): string {
  const calls = source.nodes.filter(
    (node) =>
      ts.isCallExpression(node) &&
      ts.isIdentifier(node.expression) &&
      node.expression.text === name,
  );
  // Nothing that stands before may be taken for a function that is called with it: so a name begins it.
  const before = `Reflect.apply((given) => { ${watch(name)}; return given; }, undefined, [`;
  const edits = calls.flatMap((call) => [
    { at: call.getStart(), put: before },
    { at: call.end, put: '])' },
  ]);
  let { text } = source;
  for (const { at, put } of edits.sort((one, other) => other.at - one.at)) {
    text = text.slice(0, at) + put + text.slice(at);
  }
  return text;
}

/** How many promises of the named function have not settled, by what its watched calls have printed. */
export function unsettledCalls(lines: readonly string[], name: string): number {
  const count = (what: string) => lines.filter((line) => line === mark(name, what)).length;
  return count(called) - count(settled);
}

/** What makes a promise in the file that is the learner's to settle: their own promise, or function. */
export function promiseByHand(
  source: Source,
): { line: number; by: 'Promise' | 'promisify' } | undefined {
  for (const node of source.nodes) {
    const made = ts.isNewExpression(node) || ts.isCallExpression(node) ? node : undefined;
    const line = made && source.lineOf(made);
    if (made === undefined || line === undefined) continue;
    if (/^Promise(?:\.withResolvers)?$/.test(made.expression.getText()))
      return { line, by: 'Promise' };
    if (!ts.isCallExpression(made) || !source.calls('promisify').includes(made)) continue;
    const [given] = made.arguments;
    const isOwn = given && (ts.isFunctionLike(given) || source.has(given.getText()));
    if (isOwn) return { line, by: 'promisify' };
  }
  return undefined;
}

function watch(name: string): string {
  const print = (what: string) => `console.log(${JSON.stringify(mark(name, what))})`;
  const settle = `() => ${print(settled)}`;
  return `if (typeof given?.then === 'function') { ${print(called)}; given.then(${settle}, ${settle}); }`;
}

function mark(name: string, what: string): string {
  return `[the check] ${name} ${what}`;
}
