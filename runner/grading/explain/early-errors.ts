import type { Refusal } from '../../babel.cjs';

interface Rule {
  /** The end of a sentence, with its full stop; `$name` is the name that the error is about. */
  says: string;
  next: string;
}

const shadowing = 'Delete one of the two, or give it another name.';
const strict = 'Every file that Babel reads is in strict mode.';

const wordInUse: Rule = {
  says: '“$name” is a word of the language and cannot be a name there.',
  next: 'Give the variable another name, or look for what is missing before it.',
};

/** By Babel's name for the reason. */
const rules: Readonly<Record<string, Rule>> = {
  UnexpectedReservedWord: wordInUse,
  UnexpectedKeyword: wordInUse,
  VarRedeclaration: {
    says: '“$name” is declared a second time in the same place.',
    next: 'An import, a const, a let, a function and a class each declare their name once. Delete one of the two, or give it another name.',
  },
  ParamDupe: {
    says: 'two parameters of the function have the same name.',
    next: shadowing,
  },
  LabelRedeclaration: { says: 'the same label stands there twice.', next: shadowing },
  PrivateNameRedeclaration: { says: '“#$name” is declared twice.', next: shadowing },
  DuplicateConstructor: {
    says: 'the class has a second constructor.',
    next: 'Put what both do into one constructor.',
  },
  DuplicateDefaultExport: {
    says: 'a second default export stands there; a file has one.',
    next: 'Delete one of the two, or export it by its name: export { name }.',
  },
  DuplicateExport: {
    says: '“$name” is exported a second time.',
    next: 'Delete one of the two exports.',
  },
  ModuleExportUndefined: {
    says: '“$name” is exported, but nothing of that name is declared in the file.',
    next: 'Check the spelling of the name, or declare it at the top level of the file.',
  },
  UnexpectedImportExport: {
    says: 'an import or export stands inside of a function or block.',
    next: 'Move it to the top level of the file; look for a bracket that closes too late.',
  },
  IllegalReturn: {
    says: '“return” stands outside of any function.',
    next: 'Put it into a function, or end the program by leaving nothing open; look for a bracket that closes too early.',
  },
  IllegalBreakContinue: {
    says: '“break” or “continue” stands outside of a loop.',
    next: 'In a function, such as that of forEach, “return” is what leaves it.',
  },
  UnexpectedNewTarget: {
    says: '“new.target” stands outside of any function.',
    next: 'Put it into a function, or delete it.',
  },
  SuperNotAllowed: {
    says: '“super()” stands outside of the constructor of a class that extends another.',
    next: 'Move it into that constructor, or delete it.',
  },
  DeclarationMissingInitializer: {
    says: 'a “const” gets no value.',
    next: 'Give it its value at once, or write “let”.',
  },
  InvalidLhs: {
    says: 'something is assigned to what can hold no value, such as the result of a call.',
    next: 'Assign to a name or a property; to compare, write ===.',
  },
  UnexpectedLexicalDeclaration: {
    says: 'a “let” or “const” is the only statement of an if or a loop, and nothing could use it.',
    next: 'Put the statements between braces.',
  },
  StrictDelete: {
    says: 'a variable is deleted, and strict mode refuses that.',
    next: `Set it to undefined, or delete the line. ${strict}`,
  },
  StrictWith: {
    says: '“with” stands there, and strict mode refuses it.',
    next: `Name the object before each of its properties. ${strict}`,
  },
  StrictEvalArguments: {
    says: '“eval” or “arguments” is assigned to, and strict mode refuses that.',
    next: `Use another name. ${strict}`,
  },
  StrictEvalArgumentsBinding: {
    says: '“eval” or “arguments” is the name of a variable, and strict mode refuses that.',
    next: `Use another name. ${strict}`,
  },
  StrictFunction: {
    says: 'a function is the only statement of an if, a loop or a label.',
    next: 'Put it between braces.',
  },
};

/**
 * What to say of an error that is there before anything runs, and what to do about it.
 * @returns the end of a sentence: Babel's reason in plain words, and Babel's own for a rare one
 */
export function explainRefusal({ reason, message, name = '' }: Refusal): {
  message: string;
  next?: string;
} {
  const { [reason]: rule } = rules;
  return rule ? { message: rule.says.replace('$name', () => name), next: rule.next } : { message };
}
