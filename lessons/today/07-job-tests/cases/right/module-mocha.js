import { expect } from 'chai';
import { Queue } from 'bullmq';
import RedisMock from 'ioredis-mock';
import { createPushNotificationsJobs, mayNotify } from './today-job.js';

const queue = new Queue('module-tests', { connection: { host: 'localhost', port: 6379 } });
await queue.waitUntilReady();

describe('today-job', () => {
  after(async () => {
    await queue.obliterate({ force: true });
    await queue.close();
  });

  it('rejects', async () => {
    const error = await createPushNotificationsJobs(undefined, queue).catch((e) => e);
    expect(error.message).to.equal('Jobs is not an array');
  });

  it('adds', async () => {
    const [job] = await createPushNotificationsJobs([{ phoneNumber: '1', message: 'm' }], queue);
    const stored = await queue.getJob(job.id);
    expect(stored.data).to.deep.equal({ phoneNumber: '1', message: 'm' });
  });

  it('limits', async () => {
    const redis = new RedisMock();
    expect(await mayNotify('1', redis)).to.equal(true);
    expect(await mayNotify('1', redis)).to.equal(false);
    expect(await mayNotify('2', redis)).to.equal(true);
    expect(await redis.ttl('notified:1')).to.be.greaterThan(3000);
  });
});
