import { expect } from 'chai';
import sinon from 'sinon';
import RedisMock from 'ioredis-mock';
import { createPushNotificationsJobs, mayNotify } from './today-job';

describe('today-job', () => {
  const list = [{ phoneNumber: '1', message: 'one' }];
  const redis = new RedisMock();

  it('adds in bulk', async () => {
    const queue = { addBulk: sinon.fake(async (entries) => entries) };
    await createPushNotificationsJobs(list, queue);
    expect(queue.addBulk.firstCall.args[0][0].data).to.deep.equal(list[0]);
  });

  it('refuses', async () => {
    const error = await createPushNotificationsJobs({}, {}).catch((e) => e);
    expect(error.message).to.equal('Jobs is not an array');
  });

  it('asks', async () => {
    expect(await mayNotify('1', redis)).to.equal(true);
    expect(await mayNotify('1', redis)).to.equal(false);
  });
});
