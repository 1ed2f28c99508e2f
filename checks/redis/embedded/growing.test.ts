import * as assert from 'uvu/assert';
import { Names } from '../../../runner/redis/embedded/store/names';
import { pick } from '../../../runner/redis/embedded/store/random';
import {
  compareScored,
  type Scored,
  SortedSet,
} from '../../../runner/redis/embedded/store/sorted-set';
import { Table } from '../../../runner/redis/embedded/store/table';
import { suite } from '../../support/suite';
import { Random } from '../../tools/comparison/random';

/** What holds members, fields and keys, against what is simpler and costs more. */
const growing = suite('growing values');

growing('a sorted set is at every step what a sorted array would be', () => {
  for (let seed = 1; seed <= 6; seed += 1) {
    const random = new Random(seed);
    const zset = new SortedSet();
    const scores = new Map<string, number>();
    for (let step = 0; step < 3000; step += 1) {
      // Grows for a while, then shrinks, so that nodes split and join again.
      const rising = step % 1000 < 600;
      change(zset, scores, random, rising);
      if (step % 10 === 0) expectSame(zset, scores, random, `seed ${seed}, step ${step}`);
    }
  }
});

growing('a sorted set of many thousands finds its ranks, whichever way it was filled', () => {
  const random = new Random(1);
  const entries = Array.from({ length: 20_000 }, (_, at) => ({
    member: `m${at}`,
    score: random.below(5000),
  }));
  const built = new SortedSet(entries);
  const filled = new SortedSet();
  for (const { member, score } of entries) filled.set(member, score);
  const ordered = [...entries].sort(compareScored);
  assert.equal([...built], ordered);
  assert.equal([...filled], ordered);
  for (const [rank, { member }] of ordered.entries()) {
    assert.is(built.rank(member), rank);
    assert.is(filled.rank(member), rank);
  }
  filled.deleteSlice(10, 19_990);
  assert.equal([...filled], [...ordered.slice(0, 10), ...ordered.slice(19_990)]);
});

growing('a walk through names meets all that are there throughout, and ends', () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const random = new Random(seed);
    const names = new Names();
    const staying = Array.from({ length: random.below(60) }, (_, at) => `stays ${at}`);
    for (const name of staying) names.add(name);
    for (let made = 0; made < 100; made += 1) names.add(`goes ${random.below(100)}`);
    const met = new Set<string>();
    let cursor = 0;
    do {
      const step = names.step(cursor, 1 + random.below(5));
      for (const name of step.names) met.add(name);
      cursor = step.next;
      for (let made = 0; made < 5; made += 1) {
        const name = `goes ${random.below(200)}`;
        if (random.chance(50)) names.add(name);
        else names.delete(name);
      }
    } while (cursor !== 0);
    for (const name of staying) assert.ok(met.has(name), `seed ${seed}: ${name}`);
  }
});

growing('a table holds what a Map would, in the same order', () => {
  const random = new Random(1);
  const table = new Table<number>();
  const map = new Map<string, number>();
  for (let step = 0; step < 5000; step += 1) {
    const name = `n${random.below(40)}`;
    if (random.chance(50)) {
      table.set(name, step);
      map.set(name, step);
    } else {
      assert.is(table.delete(name), map.delete(name));
    }
    assert.is(table.get(name), map.get(name));
    assert.equal([...table], [...map]);
    assert.equal([...table.values()], [...map.values()]);
    assert.is(table.names.size, map.size);
  }
});

growing('what is picked at random differs, or repeats, as asked, and any may come', () => {
  const all = Array.from({ length: 20 }, (_, at) => String(at));
  const names = new Names(all);
  const inOrder = () => names;
  const seen = new Set<string>();
  for (let made = 0; made < 200; made += 1) {
    const chosen = pick(names, 7, inOrder);
    assert.is(chosen.length, 7);
    assert.is(new Set(chosen).size, 7);
    for (const name of chosen) seen.add(name);
  }
  assert.is(seen.size, 20);
  assert.is(pick(names, -50, inOrder).length, 50);
  assert.equal(pick(names, 20, inOrder), all);
  assert.equal(pick(new Names(), 5, inOrder), []);
});

function change(
  zset: SortedSet,
  scores: Map<string, number>,
  random: Random,
  rising: boolean,
): void {
  const member = `m${random.below(900)}`;
  if (random.chance(rising ? 80 : 10)) {
    const score = random.below(50);
    zset.set(member, score);
    scores.set(member, score);
  } else if (random.chance(80)) {
    assert.is(zset.delete(member), scores.delete(member));
  } else {
    const start = random.below(zset.size + 2);
    const gone = sorted(scores).slice(start, start + 5);
    assert.is(zset.deleteSlice(start, start + 5), gone.length);
    for (const entry of gone) scores.delete(entry.member);
  }
}

function expectSame(zset: SortedSet, scores: Map<string, number>, random: Random, note: string) {
  const order = sorted(scores);
  assert.is(zset.size, order.length, note);
  assert.equal([...zset], order, note);
  const start = random.below(order.length + 1);
  const end = start + random.below(300);
  assert.equal(zset.slice(start, end), order.slice(start, end), note);
  const rank = random.below(order.length + 1);
  const member = order[rank]?.member ?? 'nobody';
  assert.is(zset.rank(member), order[rank] ? rank : undefined, note);
  assert.is(zset.score(member), scores.get(member), note);
  const limit = random.below(52);
  assert.is(
    zset.firstNot(({ score }) => score < limit),
    order.filter(({ score }) => score < limit).length,
    note,
  );
}

function sorted(scores: ReadonlyMap<string, number>): Scored[] {
  return Array.from(scores, ([member, score]) => ({ member, score })).sort(compareScored);
}

growing.run();
