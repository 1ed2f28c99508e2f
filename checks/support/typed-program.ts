import path from 'node:path';
import ts from 'typescript';

const project = path.join(__dirname, '../..');

/** The project's files with their types. */
export interface TypedProgram {
  checker: ts.TypeChecker;
  /** The file of this absolute path. */
  source(file: string): ts.SourceFile;
}

/** Reads files as `tsc -p .` does. @param files absolute */
export function typedProgram(files: readonly string[]): TypedProgram {
  const { config } = ts.readConfigFile(path.join(project, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, project);
  const program = ts.createProgram(files, { ...options, noEmit: true });
  return {
    checker: program.getTypeChecker(),
    source(file) {
      const source = program.getSourceFile(file);
      if (!source) throw new Error(`${file} is not read.`);
      return source;
    },
  };
}

/** A node and all that it holds. */
export function nodesBelow(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const visit = (one: ts.Node): void => {
    nodes.push(one);
    ts.forEachChild(one, visit);
  };
  visit(node);
  return nodes;
}
