import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { compileLearners } from '../../runner/compile.cjs';
import { explainSyntax, isSyntaxError } from '../../runner/grading/explain/syntax-error';
import type { ErrorEvent } from '../../runner/sandbox/process/program';
import { suite } from '../support/suite';

/*
 * What Babel refuses before anything runs is refused, though another compiler lets it through: the
 * course runs its folder by Babel.
 */

const test = suite('early errors');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

interface Refused {
  /** The endings with which it is refused here; by V8 with the other. */
  endings?: string[];
  text: string;
  /** The line that is told, from 1. */
  line: number;
  /** What is told behind the place. */
  message: string;
}

const refused: Refused[] = [
  {
    text: "import redis from 'redis';\nimport redis from 'redis';",
    line: 2,
    message: '“redis” is declared a second time in the same place.',
  },
  {
    text: "import redis from 'redis';\nconst redis = require('redis');",
    line: 2,
    message: '“redis” is declared a second time in the same place.',
  },
  {
    text: "import { print } from 'redis';\n\nfunction print() {}",
    line: 3,
    message: '“print” is declared a second time in the same place.',
  },
  {
    text: 'let one = 1;\nlet one = 2;',
    line: 2,
    message: '“one” is declared a second time in the same place.',
  },
  {
    text: 'function one() {}\nconst one = 2;',
    line: 2,
    message: '“one” is declared a second time in the same place.',
  },
  {
    text: 'function one() {}\nfunction one() {}',
    line: 2,
    message: '“one” is declared a second time in the same place.',
  },
  {
    text: 'class One {}\nvar One = 1;',
    line: 2,
    message: '“One” is declared a second time in the same place.',
  },
  {
    text: 'const { one, two: [one] } = {};',
    line: 1,
    message: '“one” is declared a second time in the same place.',
  },
  {
    text: 'export default 1;\nexport default 2;',
    line: 2,
    message: 'a second default export stands there; a file has one.',
  },
  {
    text: 'export const one = 1;\nexport { one };',
    line: 2,
    message: '“one” is exported a second time.',
  },
  {
    text: '\nexport { undeclared };',
    line: 2,
    message: '“undeclared” is exported, but nothing of that name is declared in the file.',
  },
  { text: 'call();\nreturn;', line: 2, message: '“return” stands outside of any function.' },
  {
    text: '[1].forEach(() => {\n  break;\n});',
    line: 2,
    message: '“break” or “continue” stands outside of a loop.',
  },
  {
    text: 'const one = 1;\ndelete one;',
    line: 2,
    message: 'a variable is deleted, and strict mode refuses that.',
  },
  {
    text: 'function one(two,\n  two) {}',
    line: 2,
    message: 'two parameters of the function have the same name.',
  },
  {
    text: 'const package = 1;',
    line: 1,
    message: '“package” is a word of the language and cannot be a name there.',
  },
  {
    text: 'arguments = 1;',
    line: 1,
    message: '“eval” or “arguments” is assigned to, and strict mode refuses that.',
  },
  {
    endings: ['.js'],
    text: 'class One {\n  constructor() {}\n  constructor() {}\n}',
    line: 3,
    message: 'the class has a second constructor.',
  },
  { text: 'const one;', line: 1, message: 'a “const” gets no value.' },
  {
    text: 'if (one)\n  const two = 1;',
    line: 2,
    message:
      'a “let” or “const” is the only statement of an if or a loop, and nothing could use it.',
  },
  {
    text: "function one() {\n  import 'redis';\n}",
    line: 2,
    message: 'an import or export stands inside of a function or block.',
  },
  {
    text: 'with (one) two();',
    line: 1,
    message: '“with” stands there, and strict mode refuses it.',
  },
];

for (const ending of ['.js', '.ts']) {
  test.rows(
    refused.filter(({ endings }) => endings?.includes(ending) ?? true),
    ({ text }) => `${ending} refused: ${text}`,
    ({ text, line, message }) => {
      const file = write(`refused${ending}`, text);
      const error = errorOf(file, text);
      assert.ok(error && isSyntaxError(error), error?.message ?? 'it was compiled');
      const finding = explainSyntax(error, file, { reader: 'babel' });
      assert.is(finding.class, 'syntax-error');
      assert.is(finding.message, `refused${ending} cannot be read in line ${line}: ${message}`);
      assert.is(finding.line, line);
      assert.ok(finding.next);
    },
  );
}

test('one in a file that is imported is told with the name of that file', () => {
  const main = write('main.js', "import './beside.js';");
  const text = 'let one;\nlet one;';
  const error = errorOf(write('beside.js', text), text);
  assert.ok(error);
  const { message, line } = explainSyntax(error, main, { reader: 'babel' });
  assert.match(message, 'beside.js cannot be read in line 2');
  assert.is(line, undefined, 'it is no line of the main file');
});

/** What TypeScript merges or overloads, and what Babel leaves to the run. */
const accepted: Record<string, string> = {
  'overloads.ts':
    'function one(a: string): void;\nfunction one(a: number): void;\nfunction one() {}',
  'merged.ts': 'interface One {}\nclass One {}\nenum Two { a }\nenum Two { b = 1 }',
  'types.ts':
    "import type { One } from 'redis';\nexport type { One };\nexport { type One as Two };",
  'equals.ts': "import redis = require('redis');\nexport = redis;",
  'abstract.ts':
    'abstract class One {\n  abstract two(): void;\n  constructor(private a = 1) {}\n}',
  'shadowed.js':
    'const one = 1;\nfunction two(one) {\n  { const one = 2; }\n}\nvar three;\nvar three;',
  'assigned.js':
    "import one from 'redis';\nconst two = 1;\nif (false) {\n  one = 1;\n  two = 2;\n}",
  'hashbang.js': '#!/usr/bin/env node\ncall();',
  'mark.js': '\uFEFFconst one = 1;',
};

test.rows(
  Object.entries(accepted),
  ([name]) => `accepted: ${name}`,
  ([name, text]) => assert.is(errorOf(write(name, text), text)?.message, undefined),
);

test('an import that is assigned to throws when it comes to that, as Babel and Node have it', () => {
  const text = (place: string) => `import { sep } from 'node:path';\n${place}`;
  const messages = [
    'sep = 1;',
    'sep += 1;',
    'sep++;',
    '({ a: [sep] } = {});',
    'for (sep of [1]) ;',
  ];
  for (const place of messages) {
    assert.is(thrownBy('assigned.js', text(place)), 'Error: "sep" is read-only.', place);
  }
  assert.is(thrownBy('shadowed.js', text('((sep) => { sep = 1; })();')), undefined);
  assert.is(thrownBy('never.js', text('for (sep of []) ;')), undefined);
  write('package.json', '{ "type": "module" }');
  const asModule = thrownBy('assigned.js', text('sep = 1;'));
  rmSync(path.join(folder, 'package.json'));
  assert.is(asModule, 'TypeError: Assignment to constant variable.');
});

function write(name: string, text: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
}

function errorOf(file: string, text: string): ErrorEvent | undefined {
  try {
    compileLearners(file, text, 'babel');
    return undefined;
  } catch (error) {
    assert.instance(error, Error);
    const { name, message, stack = '' } = error as Error;
    return { event: 'error', origin: 'uncaughtException', name, message, stack };
  }
}

/** What the compiled text throws when it runs. */
function thrownBy(name: string, text: string): string | undefined {
  const code = compileLearners(write(name, text), text, 'babel');
  try {
    new Function('require', 'exports', code)(require, {});
    return undefined;
  } catch (error) {
    return String(error);
  }
}

test.run();
