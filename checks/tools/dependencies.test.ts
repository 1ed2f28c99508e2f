import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { suite } from '../support/suite';
import { auditAnswer } from './audit-service';
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

test('an advisory, a licence and an install script are each found', () => {
  const packages = {
    '': {},
    'node_modules/redis': { version: '2.8.0', license: 'MIT' },
    'node_modules/kue/node_modules/one': { version: '1.0.0', license: '(GPL-3.0 OR AGPL-3.0)' },
    'node_modules/two': { version: '1.0.0', license: '(MIT OR GPL-3.0)', hasInstallScript: true },
    'node_modules/three': { version: '1.0.0' },
  };
  const faults = dependencyFaults(JSON.stringify({ packages }));
  assert.equal(
    faults.map(({ kind, severity, text }) => `${severity} ${kind}: ${text}`),
    [
      'high advisory: redis 2.8.0: GHSA-35q2-47q7-3pc3 (>=2.6.0 <3.1.1)',
      'high licence: one 1.0.0: (GPL-3.0 OR AGPL-3.0)',
      'high script: two 1.0.0 runs a script when it is installed',
      'high licence: three 1.0.0: no licence named',
    ],
  );
});

test('no package may run a script when it is installed', () => {
  const text = readFileSync(path.join(__dirname, '../../.npmrc'), 'utf8');
  assert.match(text, /^ignore-scripts=true$/m);
});

test('what the audit service knows counts, and its silence is told', () => {
  const vulnerabilities = { redis: { name: 'redis', severity: 'high', range: '<3.1.1' } };
  assert.equal(auditAnswer(JSON.stringify({ vulnerabilities })), [
    { kind: 'advisory', severity: 'high', text: 'redis: by the audit service (<3.1.1)' },
  ]);
  assert.equal(auditAnswer('{ "vulnerabilities": {} }'), []);
  assert.match(String(auditAnswer('{ "message": "404\\nmore" }')), /cannot be asked \(404\)/);
  assert.match(String(auditAnswer('', 'ENOENT')), /cannot be asked \(ENOENT\)/);
});

test.run();
