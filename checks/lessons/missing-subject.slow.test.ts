import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { gradeText } from '../support/graded-text';
import { suite } from '../support/suite';

/*
 * Tests of task 11 in a folder without the 8-job of task 10: each file is judged on its own.
 */

const test = suite('tests without an 8-job beside them');
const folder = mkdtempSync(path.join(os.tmpdir(), 'missing-subject-'));

test.after(() => rmSync(folder, { recursive: true, force: true }));

const tests = (imported: string, type = 'push_notification_code_3') => `
import { createQueue } from 'kue';
import { expect } from 'chai';
import createPushNotificationsJobs from '${imported}';

const queue = createQueue();

describe('createPushNotificationsJobs', () => {
  before(() => queue.testMode.enter());
  afterEach(() => queue.testMode.clear());
  after(() => queue.testMode.exit());

  it('takes nothing but an array', () => {
    expect(() => createPushNotificationsJobs('jobs', queue)).to.throw('Jobs is not an array');
  });

  it('queues each job', () => {
    const jobs = [{ phoneNumber: '1', message: 'one' }, { phoneNumber: '2', message: 'two' }];
    createPushNotificationsJobs(jobs, queue);
    expect(queue.testMode.jobs.map((job) => job.type)).to.deep.equal(['${type}', '${type}']);
    expect(queue.testMode.jobs.map((job) => job.data)).to.deep.equal(jobs);
  });
});
`;

const grade = async (text: string) => {
  const redis = await findRedis({ offline: true, reaper });
  return gradeText(folder, redis, text, 11, '8-job.test');
};

for (const imported of ['./8-job', './8-job.js', './8-job.ts']) {
  test(`that import ${imported} are tried on the worked one, and are told so`, async () => {
    const { verdict, finding, advice } = await grade(tests(imported));
    assert.is(finding?.message, undefined);
    assert.is(verdict, 'passed');
    assert.match(advice.join('\n'), /no 8-job in the folder/);
  });
}

test('that are wrong fail on the worked one', async () => {
  const { finding, advice } = await grade(tests('./8-job.js', 'push_notification_code'));
  assert.match(finding?.message ?? '', /“push_notification_code”/);
  assert.match(advice.join('\n'), /no 8-job in the folder/);
});

test('that import another file are not helped', async () => {
  const { finding } = await grade(tests('./8-jobs.js'));
  assert.match(finding?.message ?? '', /8-jobs\.js” that this one imports is not there/);
});

test.run();
