// What fengari gets for readline-sync, with which Lua's debug.debug() asks at a terminal: a guarded
// program may not load that one, and there is nobody to ask. `cont` is Lua's word for going on.
module.exports = { setDefaultOptions() {}, prompt: () => 'cont' };
