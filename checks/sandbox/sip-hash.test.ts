import assert from 'node:assert/strict';
import { sipHash } from '../../runner/sandbox/process/sip-hash';
import { suite } from '../support/suite';

const test = suite('SipHash');

/** The key of the paper's own test values. */
const key = new Uint32Array(Uint8Array.from({ length: 16 }, (_, at) => at).buffer);

/** For the bytes 0, 1, 2 … up to a number: vectors.h of the reference implementation, read as a number. */
const values: [bytes: number, code: string][] = [
  [0, '726fdb47dd0e0e31'],
  [2, '0d6c8009d9a94f5a'],
  [4, 'cf2794e0277187b7'],
  [6, 'cbc9466e58fee3ce'],
  [8, '93f5f5799a932462'],
];

for (const [bytes, code] of values) {
  test(`the code of ${bytes} bytes is that of the reference`, () => {
    const text = Buffer.from(Array.from({ length: bytes }, (_, at) => at)).toString('utf16le');
    assert.equal(sipHash(key, text), code);
  });
}

test('another key, length or letter gives another code', () => {
  const texts = ['', '\0', '\0\0', 'a', 'b', 'ab', 'a\0', 'abcd', 'abcde', 'ǎbcde'];
  const codes = [key, key.map((word) => word + 1)].flatMap((one) =>
    texts.map((text) => sipHash(one, text)),
  );
  assert.equal(new Set(codes).size, codes.length);
});

test.run();
