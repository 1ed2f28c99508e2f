import assert from 'node:assert/strict';
import { editorWords } from '../../runner/commands/edit';
import { Session } from '../../runner/commands/session';
import { startWords } from '../../runner/commands/start-words';
import { ScreenGrid } from '../support/screen-grid';
import { suite } from '../support/suite';

const test = suite('screens-editor');

test('blanks in an editor’s path stand in quotation marks of either kind', () => {
  assert.deepEqual(editorWords({ EDITOR: '"C:\\Program Files\\Vim\\vim.exe" -n' }), [
    'C:\\Program Files\\Vim\\vim.exe',
    '-n',
  ]);
  assert.deepEqual(editorWords({ EDITOR: "'/Applications/My Editor' -w" }), [
    '/Applications/My Editor',
    '-w',
  ]);
});

test('on Windows blanks in paths reach the editor through the shell', () => {
  const file = 'C:\\Users\\Ada Lovelace\\workspace\\1-redis_op.ts';
  assert.deepEqual(startWords('C:\\Program Files\\Vim\\vim.exe', ['+3', file], 'win32'), {
    command: `"C:\\Program Files\\Vim\\vim.exe" +3 "${file}"`,
    args: [],
    shell: true,
  });
  assert.deepEqual(startWords('nano', ['a b.ts'], 'darwin'), {
    command: 'nano',
    args: ['a b.ts'],
    shell: false,
  });
});

test('what to type is told as the workbook was started', () => {
  const typed = (script: string, env: NodeJS.ProcessEnv = {}) => {
    const before = process.argv[1] ?? '';
    process.argv[1] = script;
    try {
      const { signal } = new AbortController();
      return new Session({}, new ScreenGrid().streams, signal, env).command('list');
    } finally {
      process.argv[1] = before;
    }
  };
  assert.equal(typed('/usr/local/bin/workbook'), 'workbook list');
  const windows = 'C:\\npm\\node_modules\\queuing-workbook\\runner\\start.cjs';
  assert.equal(typed(windows), 'workbook list');
  assert.equal(typed('/home/ada/course/runner/start.cjs'), 'npm start -- list');
  assert.equal(
    typed(windows, { npm_lifecycle_script: 'node runner/start.cjs' }),
    'npm start -- list',
  );
});

test.run();
