import { lua, type State } from 'fengari';
import { hasRoom, pushBytes } from '../value';
import { type JsonToken, JsonTokens } from './tokens';
import { JsonFault } from './writer';

/** A table that is being read. */
interface Table {
  /** Items of an array so far; undefined for an object. */
  length: number | undefined;
  readonly end: string;
  /** What comes after a value in it. */
  readonly wanted: string;
  /** Of the stack, that it and its items need. */
  readonly places: number;
}

const OBJECT: Table = {
  length: undefined,
  end: 'T_OBJ_END',
  wanted: 'comma or object end',
  places: 3,
};

function array(): Table {
  return { length: 0, end: 'T_ARR_END', wanted: 'comma or array end', places: 2 };
}

/** Pushes what JSON says, as the cjson of Redis (lua-cjson 2.1.0) does. */
export class JsonReader {
  readonly #tokens: JsonTokens;

  constructor(
    readonly L: State,
    text: string,
    decodesInvalid: boolean,
    readonly mostDepth: number,
  ) {
    this.#tokens = new JsonTokens(text, decodesInvalid);
  }

  /** Pushes the one value of the text. @throws JsonFault */
  read(): void {
    const { text } = this.#tokens;
    if (text.length >= 2 && (text[0] === '\0' || text[1] === '\0')) {
      throw new JsonFault('JSON parser does not support UTF-16 or UTF-32');
    }
    this.#value();
    const after = this.#tokens.next();
    if (after.kind !== 'T_END') throw unexpected('the end', after);
  }

  /** Without recursion: JavaScript's stack does not bear as many levels as Lua's. */
  #value(): void {
    const { L } = this;
    const tables: Table[] = [];
    let token = this.#tokens.next();
    for (;;) {
      if (token.kind === 'T_ARR_BEGIN' || token.kind === 'T_OBJ_BEGIN') {
        const table = token.kind === 'T_ARR_BEGIN' ? array() : OBJECT;
        this.#descend(tables.length + 1, table.places);
        lua.lua_createtable(L, 0, 0);
        token = this.#tokens.next();
        if (token.kind !== table.end) {
          tables.push(table);
          if (table === OBJECT) token = this.#key(token);
          continue;
        }
      } else this.#scalar(token);
      // The value on top of the stack is whole, and goes into the tables that it ends.
      for (;;) {
        const table = tables.at(-1);
        if (!table) return;
        if (table.length === undefined) lua.lua_rawset(L, -3);
        else {
          table.length += 1;
          lua.lua_rawseti(L, -2, table.length);
        }
        token = this.#tokens.next();
        if (token.kind !== table.end) {
          if (token.kind !== 'T_COMMA') throw unexpected(table.wanted, token);
          token = this.#tokens.next();
          if (table.length === undefined) token = this.#key(token);
          break;
        }
        tables.pop();
      }
    }
  }

  /** Pushes a key. @returns the token behind its colon */
  #key(token: JsonToken): JsonToken {
    if (token.kind !== 'T_STRING') throw unexpected('object key string', token);
    pushBytes(this.L, token.text);
    const colon = this.#tokens.next();
    if (colon.kind !== 'T_COLON') throw unexpected('colon', colon);
    return this.#tokens.next();
  }

  #scalar(token: JsonToken): void {
    const { L } = this;
    if (token.kind === 'T_STRING') pushBytes(L, token.text);
    else if (token.kind === 'T_NUMBER') lua.lua_pushnumber(L, token.number);
    else if (token.kind === 'T_BOOLEAN') lua.lua_pushboolean(L, token.text === 'true');
    else if (token.kind === 'T_NULL') lua.lua_pushlightuserdata(L, null);
    else throw unexpected('value', token);
  }

  /** @param places of the stack that the new table and its items need */
  #descend(depth: number, places: number): void {
    if (depth <= this.mostDepth && hasRoom(this.L, places)) return;
    throw new JsonFault(
      `Found too many nested data structures (${depth}) at character ${this.#tokens.at}`,
    );
  }
}

function unexpected(expected: string, { kind, at }: JsonToken): JsonFault {
  return new JsonFault(`Expected ${expected} but found ${kind} at character ${at}`);
}
