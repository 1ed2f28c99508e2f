/**
 * Run once in every Lua state, with the table `host` of our own functions there. It makes the
 * world that Redis's scripts expect: Lua 5.1's names, no files, no new globals, and errors that
 * know their line. It returns what scripts see as their globals, and xpcall and a handler for it,
 * which together run a script and give back true and its value, or false and an error table; then
 * what libraries of functions see as theirs, and what tells whether one is being loaded.
 */
export const PRELUDE = `
local host, getinfo, xpcall, try = host, debug.getinfo, xpcall, pcall
unpack, math.pow = table.unpack, function(a, b) return a ^ b end
math.mod, math.log10 = math.fmod, function(x) return math.log(x, 10) end
math.ldexp = function(x, power) return x * 2 ^ power end
math.frexp = function(x)
  if x == 0 or x ~= x or x - x ~= 0 then return x, 0 end
  local power = math.floor(math.log(math.abs(x), 2)) + 1
  return x / 2 ^ power, power
end
math.random, math.randomseed = host.random, host.randomseed
collectgarbage, gcinfo = host.collectgarbage, host.gcinfo
string.format = host.format
table.getn = function(t) return #t end
table.maxn = function(t)
  local most = 0
  for key in pairs(t) do if type(key) == 'number' and key > most then most = key end end
  return most
end
local function demandTable(name, t, run)
  if type(t) ~= 'table' then
    error("bad argument #1 to '" .. name .. "' (table expected, got " .. type(t) .. ')', 3)
  elseif type(run) ~= 'function' then
    error("bad argument #2 to '" .. name .. "' (function expected, got " .. type(run) .. ')', 3)
  end
end
function table.foreach(t, run)
  demandTable('foreach', t, run)
  for key, value in pairs(t) do
    local result = run(key, value)
    if result ~= nil then return result end
  end
end
function table.foreachi(t, run)
  demandTable('foreachi', t, run)
  for at = 1, #t do
    local result = run(at, t[at])
    if result ~= nil then return result end
  end
end
function table.setn() error("'setn' is obsolete", 2) end
string.gfind = string.gmatch
-- What Lua 5.1 has not yet.
for library, names in pairs({
  [_G] = { 'rawlen' }, [coroutine] = { 'isyieldable' }, [string] = { 'pack', 'packsize', 'unpack' },
  [table] = { 'move', 'pack', 'unpack' },
  [math] = { 'maxinteger', 'mininteger', 'tointeger', 'type', 'ult' },
}) do
  for _, name in ipairs(names) do library[name] = nil end
end
for _, name in ipairs({ 'dofile', 'loadfile', 'print', 'require', 'package', 'io', 'utf8',
                        'host', 'debug', 'os' }) do
  _G[name] = nil
end

redis = {
  LOG_DEBUG = 0, LOG_VERBOSE = 1, LOG_NOTICE = 2, LOG_WARNING = 3,
  REPL_NONE = 0, REPL_AOF = 1, REPL_SLAVE = 2, REPL_REPLICA = 2, REPL_ALL = 3,
  REDIS_VERSION = host.version, REDIS_VERSION_NUM = host.version_number,
  call = host.call,
  pcall = host.pcall,
  acl_check_cmd = host.acl_check_cmd,
  sha1hex = host.sha1hex,
  error_reply = function(text)
    if type(text) ~= 'string' then return { err = 'ERR wrong number or type of arguments' } end
    if text:sub(1, 1) == '-' then text = text:sub(2) end
    if not text:find(' ', 1, true) then text = 'ERR ' .. text end
    return { err = text }
  end,
  status_reply = function(text)
    if type(text) ~= 'string' then return { err = 'ERR wrong number or type of arguments' } end
    return { ok = text }
  end,
  log = function() end,
  replicate_commands = function() return true end,
  set_repl = function() end,
  setresp = host.setresp,
  breakpoint = function() return false end,
  debug = function() end,
}
cmsgpack = {
  _NAME = 'cmsgpack', _VERSION = 'lua-cmsgpack 0.4.0',
  _COPYRIGHT = 'Copyright (C) 2012, Salvatore Sanfilippo',
  _DESCRIPTION = 'MessagePack C implementation for Lua',
  pack = host.pack, unpack = host.unpack,
  unpack_one = host.unpack_one, unpack_limit = host.unpack_limit,
}
struct = { pack = host.struct_pack, unpack = host.struct_unpack, size = host.struct_size }
bit, cjson = host.bit, host.cjson

-- Redis hands on an error's text, not its table.
local function textOf(done, reason, ...)
  if not done and type(reason) == 'table' and type(reason.err) == 'string' then
    reason = reason.err
  end
  return done, reason, ...
end
function pcall(...) return textOf(try(...)) end

-- What a script may not change: an empty table stands before each, for reading alone.
local behind, set, get, after, meta = {}, rawset, rawget, next, setmetatable
local function refuse() error('Attempt to modify a readonly table', 2) end
local function frozen(t, index)
  local front = {}
  behind[front] = t
  return meta(front, {
    __index = index or t, __newindex = refuse, __metatable = false,
    __pairs = function() return after, t end,
  })
end
function rawset(t, ...)
  if behind[t] then error('Attempt to modify a readonly table', 0) end
  return set(t, ...)
end
function setmetatable(t, ...)
  if behind[t] then error('Attempt to modify a readonly table', 0) end
  return meta(t, ...)
end
local metatable = getmetatable
local env, metaOfGlobals
function getmetatable(t)
  if behind[t] then return t == env and metaOfGlobals or nil end
  return metatable(t)
end
function rawget(t, name) return get(behind[t] or t, name) end
function next(t, ...) return after(behind[t] or t, ...) end

local compile = load
local older = host.older_escapes
local function kind(...) return select('#', ...) == 0 and 'no value' or type((...)) end
function loadstring(...)
  local text, name = ...
  if type(text) ~= 'string' and type(text) ~= 'number' then
    error("bad argument #1 to 'loadstring' (string expected, got " .. kind(...) .. ')', 2)
  end
  return compile(older(text), name, 't', env)
end
function load(...)
  local part, name = ...
  if type(part) ~= 'function' then
    error("bad argument #1 to 'load' (function expected, got " .. kind(...) .. ')', 2)
  end
  local parts = {}
  repeat
    local done, text = try(part)
    if not done then return nil, text end
    if text ~= nil and type(text) ~= 'string' and type(text) ~= 'number' then
      return nil, 'reader function must return a string'
    end
    parts[#parts + 1] = text
  until text == nil or text == ''
  return compile(older(table.concat(parts)), name or '=(load)', 't', env)
end
for _, name in ipairs({ 'redis', 'cjson', 'cmsgpack', 'struct', 'bit', 'string', 'table', 'math', 'coroutine' }) do
  _G[name] = frozen(_G[name])
end
server = redis
local text = metatable('')
text.__index, text.__metatable = string, frozen({ __index = string })
local function missing(name)
  return "Script attempted to access nonexistent global variable '" .. tostring(name) .. "'"
end
local function demand(t, name)
  local value = get(t, name)
  if value == nil then error(missing(name), 3) end
  return value
end
-- Behind the globals, so that those that are there cost no call.
meta(_G, {
  __metatable = false,
  __index = function(_, name) error(missing(name), 2) end,
})
env = frozen(_G)
_G._G = env
metaOfGlobals = frozen({ __index = function(_, name) return demand(behind[env], name) end })

-- While a library is being loaded it has nothing but this; later its functions have everything.
local first = { redis = {
  LOG_DEBUG = 0, LOG_VERBOSE = 1, LOG_NOTICE = 2, LOG_WARNING = 3,
  REDIS_VERSION = host.version, REDIS_VERSION_NUM = host.version_number,
  register_function = host.register, log = host.log,
} }
local firstRedis = first.redis
first.redis = frozen(firstRedis, function(_, name) local value = demand(firstRedis, name) return value end)
local loading = false
local library = frozen({}, function(_, name)
  -- No tail call: the level of the error counts on this one.
  local value = demand(loading and first or behind[env], name)
  return value
end)

local function locate(reason)
  local at = getinfo(2, 'nSl')
  local level = 3
  while at and (at.what == 'C' or at.source ~= '@user_script' and at.source ~= '@user_function') do
    at = getinfo(level, 'nSl')
    level = level + 1
  end
  if type(reason) ~= 'table' then reason = { err = 'ERR ' .. tostring(reason) } end
  if at then
    reason.source = at.source
    reason.line = at.currentline
  end
  return reason
end
return env, xpcall, locate, library, function(on) loading = on end
`;
