#!/usr/bin/env node
'use strict';
// The way in: main.ts is TypeScript, so the compiler goes first.
require('./hook.cjs');
// @ts-expect-error Node finds the .ts file through the hook
require('./main.ts');
