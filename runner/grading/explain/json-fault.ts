/** Where a text stops being JSON. */
export interface JsonFault {
  /** From 1. */
  line: number;
  /** In characters, from 1. */
  column: number;
  /** The whole line. */
  text: string;
}

/** @returns nothing for a text that is JSON */
export function jsonFault(text: string): JsonFault | undefined {
  const at = faultAt(text);
  if (at === undefined) return undefined;
  const before = text.slice(0, at).split('\n');
  const [line, column] = [before.length, [...(before.at(-1) ?? '')].length + 1];
  return { line, column, text: text.split(/\r?\n/)[line - 1] ?? '' };
}

/** What may come next. */
type Expected = 'value' | 'value or end' | 'key' | 'key or end' | 'colon' | 'comma or end' | 'end';

const blanks = /[ \t\r\n]*/y;
const mark = /[{}[\],:]/y;
const string = /"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/y;
const literal = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.])/y;

/** The index of the first character that no JSON has there; the length of the text if it ends too early. */
function faultAt(text: string): number | undefined {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  for (let at = 0; ; ) {
    at += matched(blanks, text, at).length;
    if (at === text.length) return expected === 'end' ? undefined : at;
    const token =
      matched(mark, text, at) || matched(string, text, at) || matched(literal, text, at);
    const next = after(token, expected, open);
    if (next === undefined) return at;
    expected = next;
    at += token.length;
  }
}

function matched(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** @param open the braces and brackets around it, which it may open or close */
function after(token: string, expected: Expected, open: ('{' | '[')[]): Expected | undefined {
  const isKey = expected === 'key' || expected === 'key or end';
  const isValue = expected === 'value' || expected === 'value or end';
  const closed = () => (open.length === 0 ? 'end' : 'comma or end');
  if (token === '{' || token === '[') {
    if (!isValue) return undefined;
    open.push(token);
    return token === '{' ? 'key or end' : 'value or end';
  }
  if (token === '}' || token === ']') {
    const fits = open.at(-1) === (token === '}' ? '{' : '[');
    if (!fits || !/ or end$/.test(expected)) return undefined;
    open.pop();
    return closed();
  }
  if (token === ':') return expected === 'colon' ? 'value' : undefined;
  if (token === ',') {
    if (expected !== 'comma or end') return undefined;
    return open.at(-1) === '{' ? 'key' : 'value';
  }
  if (isKey) return token.startsWith('"') ? 'colon' : undefined;
  return isValue && token !== '' ? closed() : undefined;
}
