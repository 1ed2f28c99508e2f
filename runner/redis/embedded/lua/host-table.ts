import { lua, type NativeFunction, type State } from 'fengari';
import { VERSION } from '../protocol/version';
import { pushBits } from './bit';
import { formatText } from './format';
import { garbageFunctions } from './garbage';
import { pushJson } from './json/cjson';
import { checkLog } from './log';
import { packMessages, unpackLimit, unpackMessages, unpackOne } from './message-pack/message-pack';
import type { ScriptRandom } from './random';
import { randomFunctions } from './random-functions';
import { packStruct, sizeOfStruct, unpackStruct } from './struct/struct';
import { withOlderEscapes } from './syntax/escapes';
import { bytesAt, pushBytes } from './value';

/**
 * Makes the global table `host`, which the prelude builds on.
 * @param own functions of the one host
 */
export function defineHost(
  L: State,
  own: Record<string, NativeFunction>,
  random: ScriptRandom,
): void {
  const functions: Record<string, NativeFunction> = {
    ...own,
    ...garbageFunctions(),
    ...randomFunctions(random),
    log: checkLog,
    format: formatText,
    older_escapes: (L) => {
      pushBytes(L, withOlderEscapes(bytesAt(L, 1)));
      return 1;
    },
    pack: packMessages,
    unpack: unpackMessages,
    unpack_one: unpackOne,
    unpack_limit: unpackLimit,
    struct_pack: packStruct,
    struct_unpack: unpackStruct,
    struct_size: sizeOfStruct,
  };
  lua.lua_pushglobaltable(L);
  pushBytes(L, 'host');
  lua.lua_createtable(L, 0, 8);
  for (const [name, run] of Object.entries(functions)) {
    setField(L, name, () => lua.lua_pushjsfunction(L, run));
  }
  setField(L, 'version', () => pushBytes(L, VERSION));
  const number = VERSION.split('.').reduce((all, part) => all * 256 + Number(part), 0);
  setField(L, 'version_number', () => lua.lua_pushnumber(L, number));
  setField(L, 'bit', () => pushBits(L));
  setField(L, 'cjson', () => pushJson(L));
  lua.lua_rawset(L, -3);
  lua.lua_pop(L, 1);
}

/** Of the table on top of the stack. */
function setField(L: State, name: string, push: () => void): void {
  pushBytes(L, name);
  push();
  lua.lua_rawset(L, -3);
}
