import assert from 'node:assert/strict';
import { inAscii } from '../../runner/report/terminal/ascii';
import { errorText } from '../../runner/report/terminal/error-report';
import { sanitize, sanitizeProse, visible } from '../../runner/report/terminal/invisible';
import { describeScreen } from '../../runner/report/terminal/screen';
import { columnsOf } from '../../runner/report/terminal/wrap';
import { suite } from '../support/suite';

const test = suite('terminal-kinds');
const terminal = { isTTY: true, columns: 80, rows: 24 };

test('the locale decides on ASCII alone, by the first of its variables that is set', () => {
  const isAscii = (env: NodeJS.ProcessEnv) => describeScreen(terminal, env).ascii;
  for (const locale of ['C', 'POSIX', 'de_DE', 'de_DE.ISO-8859-1', 'de_DE@euro', 'ja_JP.eucJP']) {
    assert.ok(isAscii({ LANG: locale }), locale);
    assert.ok(isAscii({ LANG: 'de_DE.UTF-8', LC_ALL: locale }), locale);
    assert.ok(isAscii({ LANG: 'de_DE.UTF-8', LC_CTYPE: locale }), locale);
  }
  for (const locale of ['de_DE.UTF-8', 'en_GB.utf8', 'C.UTF-8', '']) {
    assert.ok(!isAscii({ LANG: locale }), locale);
    assert.ok(!isAscii({ LANG: 'C', LC_ALL: locale || 'C.UTF-8' }), locale);
  }
  assert.ok(isAscii({ LC_ALL: 'C', LC_CTYPE: 'C.UTF-8' }), 'LC_ALL comes first');
});

test('colours: NO_COLOR, then FORCE_COLOR, CLICOLOR_FORCE and CLICOLOR; never when plain or dumb', () => {
  const colour = (env: NodeJS.ProcessEnv, isTTY = true) =>
    describeScreen({ isTTY }, env).paint('red', 'x') !== 'x';
  const rows: [NodeJS.ProcessEnv, atTerminal: boolean, inPipe: boolean][] = [
    [{}, true, false],
    [{ NO_COLOR: '' }, true, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, false, false],
    [{ FORCE_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '3' }, true, true],
    [{ FORCE_COLOR: 'true' }, true, true],
    [{ FORCE_COLOR: '0' }, false, false],
    [{ FORCE_COLOR: 'false' }, false, false],
    [{ CLICOLOR: '0' }, false, false],
    [{ CLICOLOR: '1' }, true, false],
    [{ CLICOLOR: '0', CLICOLOR_FORCE: '1' }, true, true],
    [{ CLICOLOR_FORCE: '0' }, true, false],
    [{ TERM: 'dumb', FORCE_COLOR: '1' }, false, false],
    [{ ACCESSIBLE: '1', FORCE_COLOR: '1' }, false, false],
  ];
  for (const [env, atTerminal, inPipe] of rows) {
    assert.equal(colour(env), atTerminal, `${JSON.stringify(env)} at a terminal`);
    assert.equal(colour(env, false), inPipe, `${JSON.stringify(env)} in a pipe`);
  }
});

test('every letter beyond ASCII is spelled, and no line grows too wide by it', () => {
  assert.equal(inAscii('“kept” – 3 × 2 → 6 … ≤'), '"kept" - 3 x 2 -> 6 ... <=');
  assert.equal(
    inAscii('José, 𠮷 and 👩‍💻'),
    'Jos<U+00E9>, <U+20BB7> and <U+1F469><U+200D><U+1F4BB>',
  );
  const wide = `  ${'→ a '.repeat(19)}`;
  assert.equal(columnsOf(wide), 78);
  const lines = inAscii(wide, 80).split('\n');
  assert.ok(lines.length > 1);
  assert.ok(lines.every((line) => columnsOf(line) <= 80 && line.startsWith('  ')));
  assert.equal(lines.join(' ').replace(/\s+/g, ' ').trim(), '-> a '.repeat(19).trim());
});

test('what a program prints is in ASCII there before it is laid out, and no letter is lost', () => {
  const { glyphs } = describeScreen(terminal, { LC_ALL: 'C' });
  assert.equal(sanitize('caf\u00e9\x1b[2J', glyphs), 'caf<U+00E9>\\x1b[2J');
  assert.equal(visible('\u00e9 \t', glyphs), '<U+00E9>_\\t');
  // A sentence of the workbook's own has its quotes in any letters.
  assert.equal(
    sanitizeProse('“caf\u00e9” is it – no\x1b', glyphs),
    '"caf<U+00E9>" is it - no\\x1b',
  );
  // A voice has the letters of the learner's language.
  assert.equal(sanitize('caf\u00e9', describeScreen(terminal, { ACCESSIBLE: '1' }).glyphs), 'café');
});

test('a mistake is named in words where signs are read aloud', () => {
  const report = { kind: 'usage' as const, message: 'There is no “x”.', next: 'Try y.' };
  const text = (env: NodeJS.ProcessEnv) => errorText(report, describeScreen({}, env));
  assert.equal(text({}), '✗ There is no “x”.\n  Try y.\n');
  assert.equal(text({ ACCESSIBLE: '1' }), 'Error: There is no “x”.\n  Try y.\n');
  assert.equal(text({ LC_ALL: 'C' }), 'x There is no "x".\n  Try y.\n');
});

test.run();
