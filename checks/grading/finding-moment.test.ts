import assert from 'node:assert/strict';
import { findingMoment } from '../../runner/grading/explain/finding-moment';
import type { PlacedFinding } from '../../runner/grading/finding';
import { evidence } from '../support/graded-lesson';
import { suite } from '../support/suite';

const test = suite('the moment of a finding');

const finding = (parts: Partial<PlacedFinding>): PlacedFinding => ({
  class: 'wrong-output',
  message: '',
  next: '',
  ...parts,
});

const line = (at: number, text: string) =>
  ({ program: 'main', stream: 'stdout', at, text }) as const;

const seen = evidence({
  output: [line(1, 'one'), line(2, 'two'), line(3, 'two'), line(4, 'Error: no such key')],
  wire: [
    { program: 'main', connection: 1, at: 5, command: ['SET', 'a', '1'] },
    { program: 'main', connection: 1, at: 6, command: ['SET', 'b', '1'] },
  ],
  http: [{ program: 'main', at: 7, request: 'GET /list' }],
});

test('it is when that was seen which the finding is about', () => {
  const at = (place: PlacedFinding['at']) => findingMoment(finding({ at: place }), seen);
  assert.equal(at({ prints: 'two' }), 2);
  assert.equal(at({ prints: 'two', which: 'last' }), 3);
  assert.equal(at({ sends: ['set', 'b'] }), 6);
  assert.equal(at({ throws: 'no such key' }), 4);
  assert.equal(at({ route: '/list' }), 7);
  assert.equal(at([{ calls: ['get'] }, { prints: 'one' }]), 1);
});

test('without a place it is when the first line came that was not asked for', () => {
  assert.equal(findingMoment(finding({ expected: 'one\nthree', seen: 'one\ntwo' }), seen), 2);
});

test('what never came has no moment', () => {
  assert.equal(findingMoment(finding({ expected: 'three', seen: '' }), seen), undefined);
  assert.equal(findingMoment(finding({ at: { route: '/other' } }), seen), undefined);
});

test.run();
