import ts from 'typescript';
import { callEdits } from './calls';
import { expressionEdits } from './expressions';
import { literalEdits } from './literals';
import { type Edit, type Mutant, mutantsOf } from './mutant';
import { statementEdits } from './statements';

/**
 * Every mutant of a program, over its syntax tree. Types and imports are left alone, and so is what
 * would not parse or would compile to the same program.
 * @param file the course's name of it
 */
export function programMutants(file: string, source: string): Mutant[] {
  const tree = ts.createSourceFile(`${file}.ts`, source, ts.ScriptTarget.Latest, true);
  const edits: Edit[] = [];
  const walk = (node: ts.Node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) {
      return;
    }
    for (const kind of [literalEdits, callEdits, statementEdits, expressionEdits]) {
      edits.push(...kind(node, tree));
    }
    ts.forEachChild(node, walk);
  };
  walk(tree);

  const seen = new Set([compiled(source)]);
  return mutantsOf(file, source, edits).filter(({ bytes }) => {
    const code = compiled(bytes.toString());
    if (code === undefined || seen.has(code)) return false;
    seen.add(code);
    return true;
  });
}

/** @returns nothing where it does not parse */
function compiled(source: string): string | undefined {
  const { outputText, diagnostics } = ts.transpileModule(source, {
    reportDiagnostics: true,
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
      removeComments: true,
    },
  });
  return diagnostics?.length ? undefined : outputText;
}
