import * as assert from 'uvu/assert';
import type { RedisInstance } from '../../../runner/redis/instance';
import { suite } from '../../support/suite';
import { compare } from '../../tools/comparison/compare';
import { found } from '../../tools/comparison/found';
import { makeSequence } from '../../tools/comparison/sequence';
import { type RealRedis, startRealRedis } from './conformance/real';
import { source } from './conformance/with-redis';

/** A slice of `npm run comparison`: the same bytes to both servers, the same replies and data. */
const comparison = suite('comparison');
let real: RealRedis | undefined;
let embedded: RedisInstance;

comparison.before(async () => {
  embedded = await source.open();
  real = await startRealRedis();
  if (real) return;
  assert.is.not(process.env.CI, 'true', 'CI must have redis-server on its PATH');
  console.log('redis-server is not on the PATH: nothing to compare the embedded Redis with.');
});

comparison.after(async () => {
  await real?.stop();
  await embedded.close();
});

for (const protocol of [2, 3] as const) {
  for (const { name, steps } of found) {
    comparison(`RESP${protocol}, found by seed ${name}`, async () => {
      if (real) assert.is(await compare(real.place, embedded.address, steps, protocol), undefined);
    });
  }

  comparison(`RESP${protocol}, twenty random sequences`, async () => {
    if (!real) return;
    for (let seed = 1; seed <= 20; seed += 1) {
      const steps = makeSequence(seed, 200);
      const difference = await compare(real.place, embedded.address, steps, protocol);
      const again = `npm run comparison -- --seed ${seed} --sequences 1 --protocol ${protocol}`;
      assert.is(difference, undefined, again);
    }
  });
}

comparison('a difference is seen', async () => {
  if (!real) return;
  const steps = [{ connection: 1, args: ['CONFIG', 'GET', 'proto-max-bulk-len'] }];
  assert.is((await compare(real.place, embedded.address, steps))?.at, 0);
});

comparison.run();
