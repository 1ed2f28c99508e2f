'use strict';
// What TypeScript declares or exports twice. Plain JavaScript, as the compiler stands on it.

/**
 * A value of TypeScript's that is declared or exported twice: Babel reads the types beside the values
 * then, and leaves it to what the types are.
 * @param {readonly import('@babel/types').Statement[]} statements the file's own
 * @returns {import('./babel.cjs').Refusal | undefined}
 */
function repetitionIn(statements) {
  /** @type {Map<string, Set<string>>} */
  const seen = new Map();
  for (const statement of statements) {
    for (const { reason, message, name, at } of claimsOf(statement)) {
      const names = seen.get(reason) ?? new Set();
      seen.set(reason, names);
      const { line, column } = at.loc?.start ?? { line: 1, column: 0 };
      if (names.has(name)) return { reason, message, name, line, column: column + 1 };
      names.add(name);
    }
  }
  return undefined;
}

/**
 * The names that a statement takes for itself: that of an import or of a function, and those of exports.
 * @param {import('@babel/types').Statement} statement
 * @returns {{ reason: string, message: string, name: string, at: import('@babel/types').Node }[]}
 */
function claimsOf(statement) {
  const declared = (/** @type {import('@babel/types').Identifier} */ id) => ({
    reason: 'VarRedeclaration',
    message: `Identifier '${id.name}' has already been declared.`,
    name: id.name,
    at: id,
  });
  const exported = (/** @type {string} */ name, /** @type {import('@babel/types').Node} */ at) => ({
    reason: name === 'default' ? 'DuplicateDefaultExport' : 'DuplicateExport',
    message: `\`${name}\` has already been exported. Exported identifiers must be unique.`,
    name,
    at,
  });
  switch (statement.type) {
    case 'ImportDeclaration':
      if (statement.importKind === 'type') return [];
      return statement.specifiers
        .filter((one) => one.type !== 'ImportSpecifier' || one.importKind !== 'type')
        .map(({ local }) => declared(local));
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id && !statement.declare ? [declared(statement.id)] : [];
    case 'ExportDefaultDeclaration': {
      const { type } = statement.declaration;
      const typed =
        type === 'TSDeclareFunction' || /** @type {string} */ (type).startsWith('TSInterface');
      return typed ? [] : [exported('default', statement)];
    }
    case 'ExportNamedDeclaration': {
      if (statement.exportKind === 'type') return [];
      const specifiers = statement.specifiers.flatMap((one) => {
        if (one.type !== 'ExportSpecifier' || one.exportKind === 'type') return [];
        const { exported: as } = one;
        return [exported(as.type === 'Identifier' ? as.name : as.value, one)];
      });
      const { declaration } = statement;
      if (!declaration) return specifiers;
      if (declaration.type === 'VariableDeclaration') {
        return declaration.declarations.flatMap(({ id }) =>
          id.type === 'Identifier' ? [exported(id.name, id)] : [],
        );
      }
      return claimsOf(declaration).flatMap((one) => [one, exported(one.name, one.at)]);
    }
    default:
      return [];
  }
}

module.exports = { repetitionIn };
