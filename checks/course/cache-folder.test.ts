import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { candidates, firstWritable } from '../../runner/cache-folder.cjs';
import { suite } from '../support/suite';

/* What lies in the cache is run: it lies where this user alone can write. */

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const test = suite('the folder of the cache');
test.after(() => rmSync(folder, { recursive: true }));

/** Nothing can be written below a file, not even by root. */
const sealed = path.join(folder, 'sealed');
writeFileSync(sealed, '');
const unwritable = path.join(sealed, 'node_modules');

test('it is with the packages, then among the caches of this user, then a temporary one', () => {
  const { HOME: _, XDG_CACHE_HOME: __, ...env } = process.env;
  const found = candidates('/project', { ...env, XDG_CACHE_HOME: '/caches' });
  assert.is(found[0], path.join('/project', 'node_modules', '.cache', 'queuing-workbook'));
  if (process.platform !== 'win32') assert.is(found[1], '/caches/queuing-workbook');
  assert.ok(found.at(-1)?.startsWith(os.tmpdir()));
});

test('the first that can be written is taken', () => {
  const [one, other] = [path.join(folder, 'one'), path.join(folder, 'other')];
  assert.is(firstWritable([one, other]), one);
  assert.is(firstWritable([unwritable, other]), other);
});

test('one that others can write, or that is a link, is passed over', () => {
  const [open, link, own] = ['open', 'link', 'own'].map((name) => path.join(folder, name));
  assert.ok(open && link && own);
  mkdirSync(open);
  chmodSync(open, 0o777);
  symlinkSync(folder, link);
  assert.is(firstWritable([unwritable, open, link, own]), own);
});

test('with none of them it is the first, where nothing is kept', () => {
  assert.is(firstWritable([unwritable, path.join(sealed, 'other')]), unwritable);
});

test.run();
