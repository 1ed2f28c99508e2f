import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as assert from 'uvu/assert';
import '../../../runner/redis/embedded/lua/configuration';
import { keepPlaces } from '../../../runner/redis/embedded/lua/keep-places';
import { suite } from '../../support/suite';

const fromHere = createRequire(__filename);
const folder = path.dirname(fromHere.resolve('fengari'));
const deletion = /\bdelete\b.*\bstack\b/;

const test = suite('keep-places');

test('fengari deletes places of its stack, and none once it is changed', () => {
  const texts = readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
  assert.ok(texts.filter((text) => deletion.test(text)).length >= 3);
  assert.equal(
    texts.map(keepPlaces).filter((text) => deletion.test(text)),
    [],
  );
});

test('the fengari that scripts run on is the changed one', () => {
  const { adjust_top } = fromHere('fengari/src/ldo.js');
  assert.match(String(adjust_top), 'L.stack[--L.top] = undefined');
});

test.run();
