import { readFloat } from '../../protocol/numbers';

/** A piece of JSON; its value where it has one. */
export interface JsonToken {
  readonly kind: string;
  /** Where it begins, counted from 1; of a faulty string where the fault is. */
  readonly at: number;
  readonly text: string;
  readonly number: number;
}

const SIGNS: Record<string, string> = {
  '{': 'T_OBJ_BEGIN',
  '}': 'T_OBJ_END',
  '[': 'T_ARR_BEGIN',
  ']': 'T_ARR_END',
  ',': 'T_COMMA',
  ':': 'T_COLON',
};

const WORDS: [word: string, kind: string][] = [
  ['true', 'T_BOOLEAN'],
  ['false', 'T_BOOLEAN'],
  ['null', 'T_NULL'],
];

/** What C's strtod takes: the longest of these. */
const NUMERAL =
  /[+-]?(?:0x(?:[\da-f]+\.?[\da-f]*|\.[\da-f]+)(?:p[+-]?\d+)?|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan(?:\(\w*\))?)/iy;
/** The beginning of a number that C reads and JSON has not. */
const INVALID = /[+-]?(?:0[x\d]|inf|nan)/iy;

const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};
const UNICODE = /\\u([\da-f]{4})/iy;

/** Cuts JSON into tokens, as the cjson of Redis does, a fault among them by the words that it has for it. */
export class JsonTokens {
  /** How far it has read. */
  at = 0;

  /** @param decodesInvalid numbers such as `0x10` and `nan` are some */
  constructor(
    readonly text: string,
    readonly decodesInvalid: boolean,
  ) {}

  next(): JsonToken {
    while (' \t\r\n'.includes(this.text[this.at] ?? '.')) this.at += 1;
    const start = this.at;
    const sign = this.text[start] ?? '\0';
    if (sign === '\0') return token('T_END', start);
    const kind = SIGNS[sign];
    if (kind !== undefined) {
      this.at += 1;
      return token(kind, start);
    }
    if (sign === '"') return this.#string();
    if (this.#startsNumber(sign)) return this.#number();
    for (const [word, kind] of WORDS) {
      if (this.text.startsWith(word, start)) {
        this.at += word.length;
        return token(kind, start, word);
      }
    }
    return token('invalid token', start);
  }

  #startsNumber(sign: string): boolean {
    if (/[-\d]/.test(sign)) return true;
    return this.decodesInvalid && (sign === '+' || this.#match(INVALID) !== undefined);
  }

  #number(): JsonToken {
    const start = this.at;
    const isAllowed = this.decodesInvalid || this.#match(INVALID) === undefined;
    const numeral = isAllowed ? this.#match(NUMERAL)?.[0] : undefined;
    if (numeral === undefined) return token('invalid number', start);
    this.at += numeral.length;
    const value = /nan/i.test(numeral) ? Number.NaN : readFloat(numeral);
    return token('T_NUMBER', start, numeral, value);
  }

  #string(): JsonToken {
    const start = this.at;
    let out = '';
    this.at += 1;
    for (;;) {
      const character = this.text[this.at] ?? '\0';
      if (character === '\0') return token('unexpected end of string', this.at);
      if (character === '"') break;
      if (character !== '\\') {
        out += character;
        this.at += 1;
        continue;
      }
      const letter = this.text[this.at + 1] ?? '';
      const plain = ESCAPES[letter];
      if (plain === undefined && letter !== 'u') return token('invalid escape code', this.at);
      const bytes = plain ?? this.#unicode();
      if (bytes === undefined) return token('invalid unicode escape code', this.at);
      if (plain !== undefined) this.at += 2;
      out += bytes;
    }
    this.at += 1;
    return token('T_STRING', start, out);
  }

  /** The UTF-8 of an escape, or of a pair of them, which it reads over; undefined where it is none. */
  #unicode(): string | undefined {
    const high = this.#unit(this.at);
    if (high === undefined || (high >= 0xdc00 && high <= 0xdfff)) return undefined;
    if (high < 0xd800 || high > 0xdfff) {
      this.at += 6;
      return Buffer.from(String.fromCharCode(high)).toString('latin1');
    }
    const low = this.#unit(this.at + 6);
    if (low === undefined || low < 0xdc00 || low > 0xdfff) return undefined;
    this.at += 12;
    return Buffer.from(String.fromCharCode(high, low)).toString('latin1');
  }

  #unit(at: number): number | undefined {
    const digits = this.#match(UNICODE, at)?.[1];
    return digits === undefined ? undefined : Number.parseInt(digits, 16);
  }

  #match(pattern: RegExp, at = this.at): RegExpExecArray | undefined {
    pattern.lastIndex = at;
    return pattern.exec(this.text) ?? undefined;
  }
}

function token(kind: string, index: number, text = '', number = 0): JsonToken {
  return { kind, at: index + 1, text, number };
}
