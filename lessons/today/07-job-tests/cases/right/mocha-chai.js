const { expect } = require('chai');
const { Queue } = require('bullmq');
const RedisMock = require('ioredis-mock');
const { createPushNotificationsJobs, mayNotify } = require('./today-job');

describe('createPushNotificationsJobs', () => {
  let queue;
  const jobs = [
    { phoneNumber: '4153518780', message: 'This is the code 1234 to verify your account' },
    { phoneNumber: '4153518781', message: 'This is the code 4562 to verify your account' },
  ];

  before(() => {
    queue = new Queue('job-tests', { connection: { host: '127.0.0.1', port: 6379 } });
  });

  afterEach(async () => {
    await queue.obliterate({ force: true });
  });

  after(async () => {
    await queue.close();
  });

  it('rejects if jobs is not an array', async () => {
    let error;
    try {
      await createPushNotificationsJobs('not an array', queue);
    } catch (e) {
      error = e;
    }
    expect(error).to.be.an('error');
    expect(error.message).to.equal('Jobs is not an array');
  });

  it('puts two jobs into the queue', async () => {
    await createPushNotificationsJobs(jobs, queue);
    const waiting = await queue.getJobs(['waiting'], 0, -1, true);
    expect(waiting).to.have.lengthOf(2);
    waiting.forEach((job, index) => {
      expect(job.name).to.equal('push_notification');
      expect(job.data).to.deep.equal(jobs[index]);
    });
  });
});

describe('mayNotify', () => {
  const redis = new RedisMock();

  afterEach(() => redis.flushall());
  after(() => redis.disconnect());

  it('is true once', async () => {
    expect(await mayNotify('1', redis)).to.equal(true);
    expect(await mayNotify('1', redis)).to.equal(false);
    expect(await mayNotify('2', redis)).to.equal(true);
  });

  it('forgets after an hour', async () => {
    await mayNotify('1', redis);
    expect(await redis.ttl('notified:1')).to.be.within(3590, 3600);
  });
});
