import { expect } from 'chai';
import sinon from 'sinon';
import { Queue } from 'bullmq';
import RedisMock from 'ioredis-mock';
import { createPushNotificationsJobs, mayNotify } from './today-job';

const jobs = [
  { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
  { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
];

describe('today-job', () => {
  const queue = new Queue('spied', { connection: {} });
  const redis = new RedisMock({ data: {} });

  beforeEach(() => {
    sinon.spy(queue, 'addBulk');
  });

  afterEach(async () => {
    sinon.restore();
    await queue.obliterate({ force: true });
    await redis.flushall();
  });

  after(async () => {
    await queue.close();
    await redis.quit();
  });

  it('throws for an object', async () => {
    const error = await createPushNotificationsJobs({}, queue).then(
      () => null,
      (reason) => reason,
    );
    expect(error).to.be.instanceOf(Error).with.property('message', 'Jobs is not an array');
    sinon.assert.notCalled(queue.addBulk);
  });

  it('adds all at once', async () => {
    await createPushNotificationsJobs(jobs, queue);
    sinon.assert.calledOnce(queue.addBulk);
    expect(await queue.count()).to.equal(2);
    const data = (await queue.getWaiting()).map((job) => job.data);
    expect(data).to.eql(jobs);
  });

  it('asks redis', async () => {
    sinon.spy(redis, 'set');
    expect(await mayNotify('5', redis)).to.be.true;
    expect(await mayNotify('5', redis)).to.be.false;
    expect(await mayNotify('6', redis)).to.be.true;
    expect(await redis.ttl('notified:5')).to.be.above(3000);
  });
});
