import { lauxlib, lua, type State } from 'fengari';
import { withOlderEscapes } from './escapes';

/** Leaves the function on the stack, or the reason why there is none. */
export function load(L: State, text: string, name: string): boolean {
  const bytes = Uint8Array.from(withOlderEscapes(text), (character) => character.charCodeAt(0));
  const label = Uint8Array.from(name, (character) => character.charCodeAt(0));
  return lauxlib.luaL_loadbuffer(L, bytes, bytes.length, label) === lua.LUA_OK;
}
