import ts from 'typescript';

/** A learner's file as TypeScript checks it: alone, without types of anything else. */
export interface SyntaxProgram {
  program: ts.Program;
  /** Nothing where the file cannot be read. */
  source: ts.SourceFile | undefined;
}

/** @param file absolute */
export function syntaxProgram(file: string): SyntaxProgram {
  const options: ts.CompilerOptions = {
    allowJs: true,
    checkJs: true,
    noLib: true,
    noResolve: true,
    types: [],
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleDetection: ts.ModuleDetectionKind.Force,
    isolatedModules: false,
  };
  const program = ts.createProgram([file], options);
  return { program, source: program.getSourceFile(file) };
}
