import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from '../../runner/page/bundle';
import { pageStyle } from '../../runner/page/style';
import { course, start } from '../support/command-line';
import { suite } from '../support/suite';

/* What a browser loads of the page, and that the terminal's commands load nothing of it. */

const test = suite('page: what is loaded');

test('the whole page is under 300 kB compressed, and the text stands there for 30 kB of them', async () => {
  const files = { ...(await bundle()), 'page.css': pageStyle() };
  const sizes = Object.entries(files).map(([name, text]) => ({
    name,
    compressed: gzipSync(text).length,
    whole: Buffer.byteLength(text),
  }));
  const sum = sizes.reduce((total, { compressed }) => total + compressed, 0);
  console.log(
    sizes
      .map(({ name, compressed, whole }) => `${name}: ${kB(compressed)} of ${kB(whole)}`)
      .concat(`all: ${kB(sum)}`)
      .join('\n'),
  );
  assert.ok(sum < 300_000, `${sum} bytes`);
  const main = sizes.find(({ name }) => name === 'main.js');
  assert.ok((main?.compressed ?? 0) < 30_000, `${main?.compressed} bytes`);
});

test('it is made once, and then found', async () => {
  const [one, other] = [await bundle(), await bundle()];
  assert.deepEqual(one, other);
});

test('nothing stands in it that makes code of a text, or loads from elsewhere', async () => {
  for (const [name, text] of Object.entries(await bundle())) {
    assert.ok(!/\beval\(|new Function\(|document\.write\(/.test(text), name);
    assert.ok(!/["'`]node:\w/.test(text), `${name} asks for a module of Node`);
    assert.ok(!/https?:\/\/[^"'`\s]+\.(?:js|css|woff2?)\b/.test(text), name);
  }
});

test('no command of the terminal loads anything of it', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
  try {
    const look = path.join(folder, 'look.cjs');
    const packages = ['express-v5', 'rolldown', 'preact', '@codemirror'];
    writeFileSync(
      look,
      `process.on('exit', () => {
        const loaded = Object.keys(require.cache).map((file) => file.replaceAll('\\\\\\\\', '/'));
        const parts = ['runner/page/', ...${JSON.stringify(packages)}.map((name) => 'node_modules/' + name)];
        const found = loaded.filter((file) => parts.some((part) => file.includes(part)));
        process.stderr.write('LOADED ' + JSON.stringify(found));
      });`,
    );
    for (const words of [['list'], ['--help'], ['check', '0', '--offline'], ['hint', '0']]) {
      const { stderr } = spawnSync(process.execPath, ['-r', look, start, ...words], {
        encoding: 'utf8',
        env: { ...process.env, WORKBOOK_HOME: folder, WORKBOOK_LESSONS: course },
      });
      assert.match(stderr, /LOADED \[\]$/, words.join(' '));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.run();

function kB(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
