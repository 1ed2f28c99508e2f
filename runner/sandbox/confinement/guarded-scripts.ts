import { createHash } from 'node:crypto';
import type { ChannelNames } from './channel-names';

/**
 * Lua scripts on a server that is not ours: each gets a first line's beginning that guards its way
 * to other commands. The program knows its scripts by the hash of what it wrote, the server by
 * that of what it got.
 */
export class GuardedScripts {
  readonly #guard: string;
  readonly #known = new Map<string, string>();

  constructor(channels: ChannelNames) {
    this.#guard = guard.replaceAll('CHANNELS', channels.beginning);
  }

  /** @param script latin1 */
  guarded(script: string): string {
    // In Redis 7 a script may begin with a line that names its engine.
    const head = /^#![^\n]*\n/.exec(script)?.[0] ?? '';
    const text = head + this.#guard + script.slice(head.length);
    this.#known.set(this.sha(script), this.sha(text));
    return text;
  }

  /** The server's hash of a script that came by here. */
  known(sha: string): string | undefined {
    return this.#known.get(sha.toLowerCase());
  }

  sha(script: string): string {
    return createHash('sha1').update(script, 'latin1').digest('hex');
  }
}

/** On one line, so that errors name the script's own lines. */
const guard = `
local redis=(function(real)
local own,upper,raise,kind={},string.upper,error,type
for name,value in pairs(real) do own[name]=value end
local beyond={SWAPDB=1,MOVE=1,MIGRATE=1,COPY=1,FCALL=1,FCALL_RO=1,EVAL=1,EVALSHA=1}
local function through(call,refuse) return function(name,...)
local command=kind(name)=='string' and upper(name) or ''
if command=='SELECT' then return {ok='OK'} end
if command=='FLUSHALL' then return call('FLUSHDB',...) end
if command=='PUBLISH' or command=='SPUBLISH' then local channel,message=...
return call(name,'CHANNELS'..channel,message) end
if beyond[command] then return refuse('NOPERM '..command..' is not for programs of the workbook on a Redis that is not its own') end
return call(name,...) end end
own.call=through(real.call,function(text) raise(text,0) end)
own.pcall=through(real.pcall,function(text) return {err=text} end)
return own end)(redis)
local server,_G,getfenv,setfenv,load,loadstring,loadfile,dofile,require,module=redis
`
  .trim()
  .replaceAll('\n', ' ')
  .concat(' ');
