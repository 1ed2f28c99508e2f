import { expect } from 'chai';
import { Queue } from 'bullmq';
import RedisMock from 'ioredis-mock';
import { createPushNotificationsJobs, mayNotify } from './today-job';

const queue = new Queue('job-tests', { connection: {} });

describe('createPushNotificationsJobs', () => {
  before(() => queue.testMode.enter());
  afterEach(() => queue.testMode.clear());
  after(() => queue.testMode.exit());

  it('creates two jobs', async () => {
    await createPushNotificationsJobs([{ phoneNumber: '1', message: 'one' }], queue);
    expect(queue.testMode.jobs.length).to.equal(1);
  });
});
