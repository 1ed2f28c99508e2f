import ts from 'typescript';
import { nodesBelow, type TypedProgram } from './typed-program';

/**
 * The functions, methods and getters of a file that are named as questions, `is…` or `has…`, and that
 * do not answer with a boolean (at once or as a promise), or end a check in place of an answer.
 * @returns a line each
 */
export function falseQuestions({ checker, source }: TypedProgram, file: string): string[] {
  return nodesBelow(source(file)).flatMap((node) => {
    const name = questionName(node);
    if (name === undefined) return [];
    const signature = checker.getSignaturesOfType(
      checker.getTypeAtLocation(node),
      ts.SignatureKind.Call,
    )[0];
    const answer = signature
      ? checker.getReturnTypeOfSignature(signature)
      : checker.getTypeAtLocation(node);
    const told = checker.typeToString(answer);
    if (!/^(?:boolean|true|false|Promise<(?:boolean|true|false)>)$/.test(told)) {
      return [`${file}: ${name} gives ${told}`];
    }
    return nodesBelow(node).some(endsCheck) ? [`${file}: ${name} throws`] : [];
  });
}

/** The name of a function that is named as a question; an arrow function has its variable's. */
function questionName(node: ts.Node): string | undefined {
  const named =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isGetAccessor(node) ||
    (ts.isVariableDeclaration(node) &&
      node.initializer !== undefined &&
      ts.isFunctionLike(node.initializer));
  const name = named ? (node.name?.getText() ?? '') : '';
  return /^#?(?:is|has)[A-Z]/.test(name) ? name : undefined;
}

function endsCheck(node: ts.Node): boolean {
  if (ts.isThrowStatement(node)) return true;
  return ts.isCallExpression(node) && /^(?:task\.)?fail$/.test(node.expression.getText());
}
