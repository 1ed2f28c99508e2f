import * as assert from 'uvu/assert';
import { Keyspace } from '../../../runner/redis/embedded/store/keyspace';
import { suite } from '../../support/suite';

const test = suite('expiry');

/** Each look at the clock finds it a ms later, so that a key's time comes in the middle of a question. */
function withRestlessClock(work: (now: number) => void): void {
  const { now } = Date;
  const start = now();
  let looks = 0;
  Date.now = () => start + looks++;
  try {
    work(start);
  } finally {
    Date.now = now;
  }
}

for (const questions of ['holds', 'get', 'string'] as const) {
  test(`a key whose time comes while it is asked for by ${questions} goes whole`, () => {
    for (let left = 1; left <= 12; left += 1) {
      withRestlessClock((now) => {
        const expired: string[] = [];
        const keyspace = new Keyspace(`expiry-${questions}-${left}`, 0, {
          touched() {},
          happened() {},
          missed() {},
          appeared() {},
          cleared() {},
          expired: (_, key) => expired.push(key),
        });
        keyspace.put('a', 'text');
        keyspace.expireAt('a', now + left);
        for (let times = 0; times < 12; times += 1) keyspace[questions]('a');
        assert.equal(keyspace.keys(), [], `${left} ms`);
        assert.not(keyspace.holds('a'), `${left} ms`);
        if (left > 1) assert.equal(expired, ['a'], `${left} ms`);
        keyspace.close();
      });
    }
  });
}

test.run();
