/** Comments and strings, which may hold anything; then what Lua 5.3 takes and Lua 5.1 does not. */
const TOKENS =
  /--\[(=*)\[[\s\S]*?\]\1\]|--[^\n]*|\[(=*)\[[\s\S]*?\]\2\]|"(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*'|(?<later>\/\/|<<|>>|::|[&|]|~(?!=))|\bgoto\s+(?<label>\w+)/g;

/**
 * Finds syntax that came after Lua 5.1.
 * @param text which Lua 5.3 compiles
 * @returns its line and what Lua 5.1 says of it; undefined where there is none
 */
export function laterSyntax(text: string): string | undefined {
  for (const { 0: token, groups, index } of text.matchAll(TOKENS)) {
    const { later, label } = groups ?? {};
    if (later === undefined && label === undefined) continue;
    const line = text.slice(0, index + token.length).split('\n').length;
    return later === undefined
      ? `${line}: '=' expected near '${label}'`
      : `${line}: unexpected symbol near '${later.slice(-1)}'`;
  }
  return undefined;
}
