/**
 * Run once in every Lua state, with the table `host` of our own functions there. It makes the
 * world that Redis's scripts expect: Lua 5.1's names, no files, no new globals, and errors that
 * know their line. It returns a function that runs a script and gives back true and its value,
 * or false and an error table.
 */
export const PRELUDE = `
local host, getinfo, xpcall, try = host, debug.getinfo, xpcall, pcall
unpack, loadstring, math.pow = table.unpack, load, function(a, b) return a ^ b end
table.getn = function(t) return #t end
table.maxn = function(t)
  local most = 0
  for key in pairs(t) do if type(key) == 'number' and key > most then most = key end end
  return most
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
  setresp = function() end,
  breakpoint = function() return false end,
  debug = function() end,
}
server = redis
cjson = {
  null = host.null,
  encode = function(value)
    local text, reason = host.json_encode(value)
    if reason then error(reason, 2) end
    return text
  end,
  decode = function(text)
    local value, reason = host.json_decode(text)
    if reason then error(reason, 2) end
    return value
  end,
}
bit = host.bit

-- Redis hands on an error's text, not its table.
local function textOf(done, reason, ...)
  if not done and type(reason) == 'table' and type(reason.err) == 'string' then
    reason = reason.err
  end
  return done, reason, ...
end
function pcall(...) return textOf(try(...)) end

setmetatable(_G, {
  __index = function(_, name)
    error("Script attempted to access nonexistent global variable '" .. tostring(name) .. "'", 2)
  end,
  __newindex = function()
    error('Attempt to modify a readonly table', 2)
  end,
})

local function locate(reason)
  local at = getinfo(2, 'nSl')
  local level = 3
  while at and (at.what == 'C' or at.source ~= '@user_script') do
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
return function(script)
  return xpcall(script, locate)
end
`;
