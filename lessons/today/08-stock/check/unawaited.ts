import { countedPromise, type Explanation, type Task, ts } from '#grading';
import { clientCalls } from '#vocabulary/redis/client-calls';

/** What is wrong with a number is told by the promise that the file takes for one. */
export function explainPromises({ source }: Task): Explanation {
  return (finding) => {
    if (finding.class !== 'wrong-answer' && finding.class !== 'wrong-data') return undefined;
    const commands = clientCalls(source).map(({ node }) => node);
    const own = source.nodes.filter(
      (node): node is ts.CallExpression =>
        ts.isCallExpression(node) &&
        ts.isIdentifier(node.expression) &&
        source.isAsync(node.expression.text),
    );
    const call = countedPromise(source, [...commands, ...own]);
    if (!call) return undefined;
    const name = call.expression.getText();
    return {
      message: `The promise that ${name}() gives is taken for its value: nothing awaits it.`,
      next: `Write await before ${name}(…): only what comes then can be compared or counted with.`,
      line: source.lineOf(call),
    };
  };
}
