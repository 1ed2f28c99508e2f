import { createRequire } from 'node:module';

/*
 * fengari reads its settings from the environment as it loads, so this loads it first: whole
 * numbers print as in the Lua 5.1 of Redis, 10/2 as "5" and not as "5.0". Programs that are
 * started later see nothing of it.
 */
const before = process.env.FENGARICONF;
process.env.FENGARICONF = '{"LUA_COMPAT_FLOATSTRING":true}';
createRequire(__filename)('fengari');
if (before === undefined) delete process.env.FENGARICONF;
else process.env.FENGARICONF = before;
