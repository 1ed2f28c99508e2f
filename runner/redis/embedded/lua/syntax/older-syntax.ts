/** A token's number; as text it is one that fengari's parser knows nothing of, and calls the same. */
type Token = number | string;

/** The part of the state of fengari's lexer that is looked at or changed here. */
interface LexState {
  readonly t: { token: Token };
  readonly lookahead: { token: Token };
  readonly buff: { readonly buffer: Uint8Array; readonly n: number };
  linenumber: number;
  /** The byte that is next; -1 at the end. */
  current: number;
  readonly z: { zgetc(): number };
}

/** What has been read of a chunk. */
interface Progress {
  /** The token before the current one. */
  before: Token;
  /** Between `function` and the end of its parameters. */
  inParameters: boolean;
  /** The current token comes after those. */
  isBody: boolean;
  /** A `break` came before the current token, but for a semicolon. */
  isAfterBreak: boolean;
  /** The current token, where another stands for it. */
  hidden: Token | undefined;
  /** What followed each `break`. */
  readonly breaks: { readonly line: number; near: string; nearLine: number }[];
}

interface Lexer {
  readonly RESERVED: Record<string, number>;
  readonly luaX_tokens: Uint8Array[];
  luaX_next(state: LexState): void;
  luaX_syntaxerror(state: LexState, reason: Uint8Array): never;
}

interface Debug {
  luaG_addinfo(L: unknown, reason: Uint8Array, source: unknown, line: number): unknown;
}

interface Objects {
  luaO_pushfstring(L: unknown, format: Uint8Array, ...values: unknown[]): unknown;
}

const FIRST_RESERVED = 257;
const WORD = /^\w$/;
const code = (sign: string) => sign.charCodeAt(0);
/** Signs that Lua 5.1 has no use for. */
const UNKNOWN = new Set<Token>(['&', '|', '~'].map(code));

/**
 * Makes fengari's lexer (Lua 5.3) read Lua 5.1, and its faults say what Lua 5.1 says: no goto, no
 * labels, no operators for bits or whole quotients, no empty statements, nothing after a break.
 */
export function readOlderSyntax(lexer: Lexer, debug: Debug, objects: Objects): void {
  const { RESERVED, luaX_tokens: names } = lexer;
  const id = (name: string) => RESERVED[`TK_${name}`] ?? Number.NaN;
  const [NAME, EOS] = [id('NAME'), id('EOS')];
  /** Two signs that are one in Lua 5.3. */
  const pairs = new Map<Token, number>([
    [id('IDIV'), code('/')],
    [id('SHL'), code('<')],
    [id('SHR'), code('>')],
    [id('DBCOLON'), code(':')],
  ]);
  const blockStarts = new Set<Token>([0, ...['DO', 'THEN', 'ELSE', 'REPEAT'].map(id)]);
  const blockEnds = new Set<Token>(['END', 'ELSE', 'ELSEIF', 'UNTIL', 'EOS'].map(id));
  const texts = new Set<Token>(['NAME', 'STRING', 'FLT', 'INT'].map(id));
  for (const at of [EOS, NAME]) {
    names[at - FIRST_RESERVED] = Buffer.from(`'${at === EOS ? '<eof>' : '<name>'}'`);
  }

  const chunks = new WeakMap<LexState, Progress>();
  const progressOf = (state: LexState): Progress => {
    const known = chunks.get(state);
    if (known) return known;
    const fresh = {
      ...{ before: 0, inParameters: false, isBody: false, isAfterBreak: false },
      ...{ hidden: undefined, breaks: [] },
    };
    chunks.set(state, fresh);
    return fresh;
  };

  /** The current token in quotes. */
  const nearOf = ({ t: { token }, buff }: LexState): string => {
    if (texts.has(token)) return `'${latin1(buff.buffer.subarray(0, buff.n))}'`;
    if (token === EOS) return "'<eof>'";
    const number = Number(token);
    return number < FIRST_RESERVED
      ? `'${signText(number)}'`
      : `'${latin1(names[number - FIRST_RESERVED] ?? new Uint8Array())}'`;
  };

  const { luaX_next: next, luaX_syntaxerror: syntaxError } = lexer;
  lexer.luaX_next = (state) => {
    const progress = progressOf(state);
    const { token: before } = state.t;
    const line = state.linenumber;
    progress.before = before;
    progress.isBody = progress.inParameters && before === code(')');
    if (progress.isBody) progress.inParameters = false;
    if (before === id('FUNCTION')) progress.inParameters = true;
    next(state);
    const { token } = state.t;
    if (token === id('FLT') && WORD.test(String.fromCharCode(state.current))) {
      // Lua 5.1 takes letters behind a number as a part of it.
      const word = wordAfter(state);
      const near = nearOf(state).slice(0, -1) + word;
      state.t.token = 0;
      syntaxError(state, Buffer.from(`malformed number near ${near}'`, 'latin1'));
    }
    const pair = pairs.get(token);
    if (token === id('GOTO')) state.t.token = NAME;
    else if (pair !== undefined) state.t.token = state.lookahead.token = pair;
    else if (UNKNOWN.has(token) || (token === code(';') && isBlockStart(progress))) {
      state.t.token = String(token);
    }
    if (before === id('BREAK')) {
      progress.breaks.push({ line, near: nearOf(state), nearLine: state.linenumber });
    }
    const isAfter = before === id('BREAK') || (progress.isAfterBreak && before === code(';'));
    progress.isAfterBreak = isAfter;
    if (!isAfter || blockEnds.has(token)) return;
    if (token === code(';') && before !== code(';')) return;
    // The block ends here, and what it should end with is missing.
    progress.hidden = state.t.token;
    state.t.token = EOS;
  };
  const isBlockStart = ({ before, isBody }: Progress) =>
    isBody || blockStarts.has(before) || before === code(';');

  lexer.luaX_syntaxerror = (state, reason) => {
    const progress = progressOf(state);
    const text = latin1(reason);
    if (progress.hidden !== undefined && state.t.token === EOS) state.t.token = progress.hidden;
    const outside = /^<break> at line (\d+) /.exec(text);
    const found = progress.breaks.find(({ line }) => line === Number(outside?.[1]));
    if (found) {
      state.linenumber = found.nearLine;
      return syntaxError(state, Buffer.from(`no loop to break near ${found.near}`, 'latin1'));
    }
    if (text !== 'syntax error') return syntaxError(state, reason);
    // A variable alone, or a call, that something is to be assigned to.
    const isCall = [code(')'), code('}'), id('STRING')].some((one) => one === progress.before);
    const { token } = state.t;
    if (token === code('=') && isCall) return syntaxError(state, Buffer.from('unexpected symbol'));
    return syntaxError(state, isCall ? reason : Buffer.from("'=' expected"));
  };

  const addInfo = debug.luaG_addinfo;
  debug.luaG_addinfo = (L, reason, source, line) => {
    const text = latin1(reason)
      .replace(/^(unfinished long \w+) \(starting at line \d+\)$/, '$1')
      .replace(/^decimal escape too large$/, 'escape sequence too large');
    return addInfo(L, Buffer.from(text, 'latin1'), source, line);
  };

  const format = objects.luaO_pushfstring;
  objects.luaO_pushfstring = (L, pattern, ...values) =>
    latin1(pattern) === "'%c'"
      ? format(L, Buffer.from("'%s'"), Buffer.from(signText(Number(values[0])), 'latin1'))
      : format(L, pattern, ...values);
}

/** The letters and digits that are next, which it reads over. */
function wordAfter(state: LexState): string {
  let word = '';
  while (WORD.test(String.fromCharCode(state.current))) {
    word += String.fromCharCode(state.current);
    state.current = state.z.zgetc();
  }
  return word;
}

/** A sign as Lua 5.1 writes it in an error. */
function signText(token: number): string {
  return token < 32 || token === 127 ? `char(${token})` : String.fromCharCode(token);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}
