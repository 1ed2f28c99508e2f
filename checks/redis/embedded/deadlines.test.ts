import * as assert from 'uvu/assert';
import { Deadlines } from '../../../runner/redis/embedded/store/deadlines';
import { suite } from '../../support/suite';

const test = suite('deadlines');

/** The keys in the order in which they go, once the last of them has gone. */
async function gone(last: string, fill: (deadlines: Deadlines) => void): Promise<string[]> {
  const order: string[] = [];
  await new Promise<void>((resolve) => {
    const deadlines = new Deadlines((key) => {
      order.push(key);
      if (key === last) resolve();
    });
    fill(deadlines);
    // The timer of the deadlines keeps no process alive, so this one does meanwhile.
    const alive = setInterval(() => order.includes(last) && clearInterval(alive), 5);
  });
  return order;
}

test('keys go in the order of their times, whatever the order in which these were set', async () => {
  const now = Date.now();
  const places = Array.from({ length: 500 }, (_, at) => (at * 7919) % 500);
  const order = await gone('499', (deadlines) => {
    for (const place of places) deadlines.set(String(place), now - 1000 + place);
  });
  assert.equal(
    order,
    Array.from({ length: 500 }, (_, at) => String(at)),
  );
});

test('the last time that was set counts, and a key that was taken away stays', async () => {
  const now = Date.now();
  const order = await gone('last', (deadlines) => {
    deadlines.set('later', now);
    deadlines.set('later', now + 20);
    deadlines.set('sooner', now + 60_000);
    deadlines.set('sooner', now + 5);
    deadlines.set('stays', now + 1);
    deadlines.delete('stays');
    for (let at = 0; at < 10_000; at += 1) deadlines.set('often', now + 60_000 + at);
    deadlines.set('often', now + 10);
    deadlines.set('last', now + 30);
  });
  assert.equal(order, ['sooner', 'often', 'later', 'last']);
});

test('after all are taken away none goes', async () => {
  const now = Date.now();
  const order = await gone('last', (deadlines) => {
    deadlines.set('a', now);
    deadlines.clear();
    deadlines.set('last', now + 5);
  });
  assert.equal(order, ['last']);
});

test.run();
