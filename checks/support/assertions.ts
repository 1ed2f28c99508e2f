import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** Names of assertions and of waiting; and of deeds, which may fail on the way. */
const fitting = /^#?(?:expect|fail|waitFor|waitUntil|run|get|work)(?![a-z])/;

/**
 * Exported functions and public methods whose comment says that they throw a CheckFailure, and whose
 * name does not say that they assert, wait, or do something.
 */
export function misnamedAssertions(file: string): string[] {
  const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const walk = (node: ts.Node) => {
    if ((ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) && node.name) {
      const comment = ts.getJSDocCommentsAndTags(node).map((one) => one.getText());
      const isPublic =
        ts.isMethodDeclaration(node) ||
        node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
      const name = node.name.getText();
      if (isPublic && /@throws CheckFailure/.test(comment.join('\n')) && !fitting.test(name)) {
        found.push(name);
      }
    }
    ts.forEachChild(node, walk);
  };
  walk(tree);
  return found;
}
