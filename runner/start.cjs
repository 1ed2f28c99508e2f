#!/usr/bin/env node
'use strict';
// The way in: main.ts is TypeScript, so the compiler goes first.
require('./hook.cjs');
require('./main.ts');
