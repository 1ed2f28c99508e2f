import * as assert from 'uvu/assert';
import { ListValue } from '../../../runner/redis/embedded/store/list-value';
import { suite } from '../../support/suite';
import { Random } from '../../tools/comparison/random';

const lists = suite('list values');

/** Does the same to a list and to the array that it must equal. */
type Act = (list: ListValue, array: string[], random: Random) => void;

const acts: readonly Act[] = [
  (list, array, random) => {
    const item = letter(random);
    list.push(item);
    array.push(item);
  },
  (list, array, random) => {
    const item = letter(random);
    list.unshift(item);
    array.unshift(item);
  },
  (list, array) => assert.is(list.pop(), array.pop()),
  (list, array) => assert.is(list.shift(), array.shift()),
  (list, array, random) => {
    const count = random.below(9);
    assert.equal(list.takeFirst(count), array.splice(0, count));
  },
  (list, array, random) => {
    const count = random.below(9);
    const start = Math.max(0, array.length - count);
    assert.equal(list.takeLast(count), array.splice(start).reverse());
  },
  (list, array, random) => {
    const [index, item] = [random.below(array.length + 1), letter(random)];
    list.insert(index, item);
    array.splice(index, 0, item);
  },
  (list, array, random) => {
    if (array.length === 0) return;
    const [index, item] = [random.below(array.length), letter(random)];
    list.set(index, item);
    array[index] = item;
  },
  (list, array, random) => {
    const [item, most, backwards] = [letter(random), random.below(4), random.chance(50)];
    let gone = 0;
    for (; gone < most; gone += 1) {
      const index = backwards ? array.lastIndexOf(item) : array.indexOf(item);
      if (index < 0) break;
      array.splice(index, 1);
    }
    assert.is(list.remove(item, most, backwards), gone);
  },
  (list, array, random) => {
    if (random.chance(90)) return;
    const [start, end] = [random.below(array.length + 2), random.below(array.length + 9)];
    list.keep(start, end);
    const kept = array.slice(start, end);
    array.length = 0;
    for (const item of kept) array.push(item);
  },
  // Far more at one end than at the other, so that the ring grows, turns and shrinks.
  (list, array, random) => {
    if (random.chance(80)) return;
    for (let made = 0; made < 100; made += 1) {
      list.unshift(String(made));
      array.unshift(String(made));
    }
  },
];

lists('a list is at every step what an array would be', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = new Random(seed);
    const list = new ListValue();
    const array: string[] = [];
    for (let step = 0; step < 2000; step += 1) {
      random.pick(acts)(list, array, random);
      const note = `seed ${seed}, step ${step}`;
      assert.is(list.length, array.length, note);
      assert.equal([...list], array, note);
      const index = random.below(2 * array.length + 2) - array.length - 1;
      assert.is(list.at(index), array.at(index), note);
      assert.is(list.indexOf('a'), array.indexOf('a'), note);
    }
    assert.equal([...list.copy()], array);
  }
});

function letter(random: Random): string {
  return random.pick(['a', 'b', 'c', 'd']);
}

lists.run();
