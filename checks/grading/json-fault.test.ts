import assert from 'node:assert/strict';
import { jsonFault } from '../../runner/grading/explain/json-fault';
import { suite } from '../support/suite';

const test = suite('json-fault');

test('what JSON.parse takes has no fault', () => {
  const texts = [
    '{}',
    ' [ ] ',
    '"a\\u00e9\\n"',
    '-1.5e+3',
    'null',
    '{"a": [1, {"b": true}], "c": {}}',
    '[[[]], {"": ""}]',
  ];
  for (const text of texts) {
    JSON.parse(text);
    assert.equal(jsonFault(text), undefined, text);
  }
});

test('what JSON.parse refuses has a place', () => {
  const rows: [text: string, line: number, column: number][] = [
    ['', 1, 1],
    ['{', 1, 2],
    ['{\n  "a": 1,\n}\n', 3, 1],
    ['{\n  "a": 1,,\n}\n', 2, 10],
    ['{\r\n  "a": 1\r\n  "b": 2\r\n}', 3, 3],
    ["{ 'a': 1 }", 1, 3],
    ['{ "a": tru }', 1, 8],
    ['{ "a": 01 }', 1, 8],
    ['{ "a": "b }', 1, 8],
    ['{ "é𠮷": x }', 1, 9],
    ['[1, 2}', 1, 6],
    ['{ "a" 1 }', 1, 7],
    ['{ "a": 1 } x', 1, 12],
    ['// why\n{}', 1, 1],
  ];
  for (const [text, line, column] of rows) {
    assert.throws(() => JSON.parse(text), SyntaxError, text);
    const fault = jsonFault(text);
    assert.deepEqual([fault?.line, fault?.column], [line, column], JSON.stringify(text));
  }
});

test('JSON.parse and this agree on any text with a letter too many or too few', () => {
  const text = '{"a": [1, -2.5e3, {"b": "c\\n"}], "d": null, "e": true}';
  for (let at = 0; at <= text.length; at++) {
    const variants = [
      text.slice(0, at) + text.slice(at + 1),
      ...['"', ',', '}', '0', 'x'].map((letter) => text.slice(0, at) + letter + text.slice(at)),
    ];
    for (const variant of variants) {
      assert.equal(jsonFault(variant) === undefined, parses(variant), variant);
    }
  }
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test.run();
