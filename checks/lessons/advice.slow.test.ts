import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { gradeText } from '../support/graded-text';
import { suite } from '../support/suite';

/* Files that pass, and what they are advised. */

const test = suite('advice');
const folder = mkdtempSync(path.join(os.tmpdir(), 'advice-'));

test.after(() => rmSync(folder, { recursive: true, force: true }));

/** Tests of task 11 that make these two comparisons. */
const tests = (error: string, job: string) => `
import { createQueue } from 'kue';
import { expect } from 'chai';
import createPushNotificationsJobs from './8-job.js';

const queue = createQueue();

describe('createPushNotificationsJobs', () => {
  before(() => queue.testMode.enter());
  afterEach(() => queue.testMode.clear());
  after(() => queue.testMode.exit());

  it('takes nothing but an array', () => {
    expect(() => createPushNotificationsJobs('jobs', queue)).to.${error};
  });

  it('queues each job', () => {
    const jobs = [{ phoneNumber: '1', message: 'one' }, { phoneNumber: '2', message: 'two' }];
    createPushNotificationsJobs(jobs, queue);
    expect(queue.testMode.jobs.length).to.equal(2);
    expect(${job};
  });
});
`;

const type = "queue.testMode.jobs[0].type).to.equal('push_notification_code_3')";
const data = 'queue.testMode.jobs[0].data).to.deep.equal(jobs[0])';

/** A function of task 10 that reads a job's variable while the job is being saved. */
const selfReading = `
export default function createPushNotificationsJobs(jobs, queue) {
  if (!Array.isArray(jobs)) throw new Error('Jobs is not an array');
  for (const data of jobs) {
    const job = queue.create('push_notification_code_3', data).save((error) => {
      if (!error) console.log('Notification job created: ' + job.id);
    });
    job.on('complete', () => console.log('Notification job ' + job.id + ' completed'));
    job.on('failed', (error) => console.log('Notification job ' + job.id + ' failed: ' + error));
    job.on('progress', (percent) => console.log('Notification job ' + job.id + ' ' + percent + '% complete'));
  }
}
`;

test.rows(
  [
    {
      what: 'tests that do not compare the error’s text',
      name: '8-job.test',
      text: tests('throw()', type),
      advice: /do not notice an 8-job that throws another text/,
    },
    {
      what: 'tests that compare the queue and not the data',
      name: '8-job.test',
      text: tests("throw('Jobs is not an array')", type),
      advice: /do not notice an 8-job that gives the jobs other data/,
    },
    {
      what: 'tests that compare the data and not the queue',
      name: '8-job.test',
      text: tests("throw('Jobs is not an array')", data),
      advice: /do not notice an 8-job that puts the jobs into another queue/,
    },
    {
      what: 'a function that reads a job while it is being saved',
      name: '8-job',
      text: selfReading,
      advice: /reads “job” before it has a value/,
    },
  ],
  ({ what }) => what,
  async ({ name, text, advice }) => {
    const redis = await findRedis({ offline: true, reaper });
    const number = name === '8-job' ? 10 : 11;
    const verdict = await gradeText(folder, redis, text, number, name);
    assert.is(verdict.finding?.message, undefined);
    assert.match(verdict.advice.join('\n'), advice);
  },
  { width: 2 },
);

test.run();
