import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dependencyCount, dependencyFaults } from './dependencies';

const test = suite('dependencies');

test('nothing that is installed has a grave advisory, a foreign licence or an install script', () => {
  const grave = dependencyFaults().filter(({ severity }) =>
    ['high', 'critical'].includes(severity),
  );
  assert.equal(grave, []);
});

test('the lock file was read whole', () => {
  assert.ok(dependencyCount() > 100);
});

test.run();
