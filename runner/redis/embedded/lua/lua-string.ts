/**
 * A string of Lua's, in the place of fengari's own. That one has bytes alone; most strings of a script
 * come from a command and go into the next, where they are text, a character a byte. So each of the
 * two is made of the other when it is first asked for. As a key of a table it is its text.
 */
export class LuaString {
  #bytes: Uint8Array | undefined;
  #text: string | undefined;

  private constructor(bytes: Uint8Array | undefined, text: string | undefined) {
    this.#bytes = bytes;
    this.#text = text;
  }

  /** @param bytes which nobody changes any more */
  static ofBytes(bytes: Uint8Array): LuaString {
    return new LuaString(bytes, undefined);
  }

  /** @param text a character a byte */
  static ofText(text: string): LuaString {
    return new LuaString(undefined, text);
  }

  get text(): string {
    this.#text ??= textOf(this.#bytes ?? new Uint8Array());
    return this.#text;
  }

  /** The bytes, for reading alone. */
  getstr(): Uint8Array {
    this.#bytes ??= bytesOf(this.#text ?? '');
    return this.#bytes;
  }

  /** How many bytes it has. */
  tsslen(): number {
    return this.#text?.length ?? this.getstr().length;
  }
}

/** What fengari's lstring.js gives to the rest of it. */
interface Strings {
  TString: unknown;
  luaS_bless(L: unknown, bytes: Uint8Array): unknown;
  luaS_new(L: unknown, bytes: Uint8Array): unknown;
  luaS_newliteral(L: unknown, text: string): unknown;
  luaS_eqlngstr(one: LuaString, other: LuaString): boolean;
  luaS_hash(bytes: Uint8Array): string;
  luaS_hashlongstr(string: LuaString): string;
}

/** Has fengari use such strings: before any other of its files takes from this module. */
export function replaceStrings(strings: Strings): void {
  strings.TString = LuaString;
  strings.luaS_bless = (_L, bytes) => LuaString.ofBytes(bytes);
  // No arrow function, as fengari says “new” to it.
  strings.luaS_new = function luaS_new(_L, bytes) {
    return LuaString.ofBytes(new Uint8Array(bytes));
  };
  strings.luaS_newliteral = (_L, text) => LuaString.ofBytes(new Uint8Array(Buffer.from(text)));
  strings.luaS_eqlngstr = (one, other) =>
    one === other || (one.tsslen() === other.tsslen() && one.text === other.text);
  strings.luaS_hash = textOf;
  strings.luaS_hashlongstr = (string) => string.text;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

/** Bytes of a text from which on a copy by the system is faster. */
const LONG = 64;

function bytesOf(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  if (text.length >= LONG) Buffer.from(bytes.buffer).write(text, 'latin1');
  else for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}
