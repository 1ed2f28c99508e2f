import { lua, type State } from 'fengari';
import {
  argumentFault,
  checkBytes,
  checkInteger,
  fail,
  optionalInteger,
  pushBytes,
} from '../value';
import { MessageReader } from './reader';
import { packValue } from './writer';

/**
 * `cmsgpack.pack(…)`: all arguments, one behind the other.
 * Source: the MessagePack specification; lua-cmsgpack 0.4.0, as Redis has it.
 */
export function packMessages(L: State): number {
  const count = lua.lua_gettop(L);
  if (count === 0) return argumentFault(L, 0, 'MessagePack pack needs input.');
  const parts: string[] = [];
  for (let at = 1; at <= count; at += 1) packValue(L, at, 0, parts);
  pushBytes(L, parts.join(''));
  return 1;
}

/** `cmsgpack.unpack(bytes)`: every value in it. */
export function unpackMessages(L: State): number {
  const bytes = checkBytes(L, 1);
  return unpack(L, bytes, 0, 0);
}

/** `cmsgpack.unpack_one(bytes, offset)`: where the next begins (-1: there is none), and the value. */
export function unpackOne(L: State): number {
  const offset = optionalInteger(L, 2, 0);
  return unpack(L, checkBytes(L, 1), 1, offset);
}

/** `cmsgpack.unpack_limit(bytes, limit, offset)`: the same with so many values; 0 from the start: all. */
export function unpackLimit(L: State): number {
  const limit = checkInteger(L, 2);
  const offset = optionalInteger(L, 3, 0);
  return unpack(L, checkBytes(L, 1), limit, offset);
}

function unpack(L: State, bytes: Uint8Array, limit: number, offset: number): number {
  if (offset < 0 || limit < 0) {
    // The text takes the length of the bytes for the limit, as lua-cmsgpack's does.
    fail(L, `Invalid request to unpack with offset of ${offset} and limit of ${bytes.length}.`);
  }
  if (offset > bytes.length) {
    fail(L, `Start offset ${offset} greater than input length ${bytes.length}.`);
  }
  const all = limit === 0 && offset === 0;
  const reader = new MessageReader(L, bytes, offset);
  let count = 0;
  for (; reader.at < bytes.length && (all || count < limit); count += 1) reader.push();
  if (all) return count;
  lua.lua_pushnumber(L, reader.at < bytes.length ? reader.at : -1);
  lua.lua_insert(L, -1 - count);
  return count + 1;
}
