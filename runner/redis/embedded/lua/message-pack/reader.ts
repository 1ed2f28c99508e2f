import { lua, type State } from 'fengari';
import { demandStack, fail, pushBytes, raiseText } from '../value';

/** An array or a map that is being filled. */
interface Open {
  readonly isMap: boolean;
  /** Values that are to come, a map's keys included. */
  left: number;
  /** The place of an array's next value. */
  place: number;
}

const MANY = 'too many return values at once; use unpack_one or unpack_limit instead.';

/**
 * Puts MessagePack's values on the stack: those of its old specification, without `bin` and `ext`. It keeps its own list of what is open, so that no depth
 * is too much for JavaScript's.
 */
export class MessageReader {
  readonly #view: DataView;
  readonly #open: Open[] = [];

  /** @param at where the next value begins */
  constructor(
    readonly L: State,
    readonly bytes: Uint8Array,
    public at: number,
  ) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** Pushes the next value; raises Lua's error where it is not whole or not MessagePack. */
  push(): void {
    demandStack(this.L, 1, MANY);
    do this.#pushHead();
    while (this.#open.length > 0 && !this.#isFull());
  }

  /** Puts the value on top into what it belongs to. @returns whether nothing is to come */
  #isFull(): boolean {
    for (let open = this.#open.at(-1); open; open = this.#open.at(-1)) {
      if (open.place < 0) {
        // It was opened just now: the value on top is it itself.
        open.place = 0;
      } else {
        open.left -= 1;
        if (!open.isMap || open.left % 2 === 0) setField(this.L);
      }
      if (open.left > 0) {
        open.place += 1;
        if (!open.isMap) lua.lua_pushnumber(this.L, open.place);
        return false;
      }
      this.#open.pop();
    }
    return true;
  }

  /** Pushes a whole value, or opens one. */
  #pushHead(): void {
    const { L } = this;
    const tag = this.#take(1, (at) => this.bytes[at] ?? 0);
    if (tag <= 0x7f) lua.lua_pushnumber(L, tag);
    else if (tag >= 0xe0) lua.lua_pushnumber(L, tag - 0x100);
    else if (tag <= 0x8f) this.#openMap(tag & 15);
    else if (tag <= 0x9f) this.#openArray(tag & 15);
    else if (tag <= 0xbf) this.#pushString(tag & 31);
    else this.#pushTagged(tag);
  }

  #pushTagged(tag: number): void {
    const { L } = this;
    const number = this.#number(tag);
    if (number !== undefined) lua.lua_pushnumber(L, number);
    else if (tag === 0xc0) lua.lua_pushnil(L);
    else if (tag === 0xc2 || tag === 0xc3) lua.lua_pushboolean(L, tag === 0xc3);
    else if (tag >= 0xd9 && tag <= 0xdb) this.#pushString(this.#size(tag - 0xd9));
    else if (tag === 0xdc || tag === 0xdd) this.#openArray(this.#size(tag - 0xdb));
    else if (tag === 0xde || tag === 0xdf) this.#openMap(this.#size(tag - 0xdd));
    else fail(L, 'Bad data format in input.');
  }

  /** The number behind such a tag; undefined where that stands before something else. */
  #number(tag: number): number | undefined {
    const view = this.#view;
    switch (tag) {
      case 0xca:
        return this.#take(4, (at) => view.getFloat32(at));
      case 0xcb:
        return this.#take(8, (at) => view.getFloat64(at));
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#size(tag - 0xcc);
      case 0xd0:
        return this.#take(1, (at) => view.getInt8(at));
      case 0xd1:
        return this.#take(2, (at) => view.getInt16(at));
      case 0xd2:
        return this.#take(4, (at) => view.getInt32(at));
      case 0xcf:
      case 0xd3:
        // The unsigned one as well: Lua 5.1 has no integers without a sign.
        return this.#take(8, (at) => Number(view.getBigInt64(at)));
      default:
        return undefined;
    }
  }

  #openArray(size: number): void {
    lua.lua_createtable(this.L, 0, 0);
    demandStack(this.L, 1, 'in function mp_decode_to_lua_array');
    this.#open.push({ isMap: false, left: size, place: -1 });
  }

  #openMap(size: number): void {
    lua.lua_createtable(this.L, 0, 0);
    demandStack(this.L, 2, MANY);
    this.#open.push({ isMap: true, left: 2 * size, place: -1 });
  }

  #pushString(size: number): void {
    const bytes = this.#take(size, (at) => this.bytes.subarray(at, at + size));
    pushBytes(this.L, Buffer.from(bytes).toString('latin1'));
  }

  /** A whole number without a sign. @param power its bytes are two to that power: 1, 2 or 4 */
  #size(power: number): number {
    const view = this.#view;
    if (power === 0) return this.#take(1, (at) => view.getUint8(at));
    if (power === 1) return this.#take(2, (at) => view.getUint16(at));
    return this.#take(4, (at) => view.getUint32(at));
  }

  /** What `read` makes of so many bytes. */
  #take<T>(size: number, read: (at: number) => T): T {
    if (size > this.bytes.length - this.at) fail(this.L, 'Missing bytes in input.');
    const value = read(this.at);
    this.at += size;
    return value;
  }
}

/** Sets the field whose key and value are on top. */
function setField(L: State): void {
  const type = lua.lua_type(L, -2);
  if (type === lua.LUA_TNIL) raiseText(L, 'table index is nil');
  if (type === lua.LUA_TNUMBER && Number.isNaN(lua.lua_tonumber(L, -2))) {
    raiseText(L, 'table index is NaN');
  }
  lua.lua_rawset(L, -3);
}
