/** Comments and strings in brackets, which have no escapes; then strings in quotes. */
const TOKENS =
  /--\[(=*)\[[\s\S]*?\]\1\]|--[^\n]*|\[(=*)\[[\s\S]*?\]\2\]|(?<quoted>"[^"\\]*(?:\\[\s\S][^"\\]*)*"|'[^'\\]*(?:\\[\s\S][^'\\]*)*')/g;
/** What Lua 5.1 makes something else of than the sign itself. */
const MEANING = /^[abfnrtv\d\\"'\r\n]/;

/**
 * Takes away the backslashes that mean nothing to Lua 5.1, such as that of `\x`: to Lua 5.3 they
 * mean something, or are a fault.
 */
export function withOlderEscapes(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(TOKENS, (whole: string, ...rest) => {
    const { quoted } = rest.at(-1);
    if (quoted === undefined) return whole;
    return whole.replace(/\\([\s\S])/g, (pair, sign) => (MEANING.test(sign) ? pair : sign));
  });
}
