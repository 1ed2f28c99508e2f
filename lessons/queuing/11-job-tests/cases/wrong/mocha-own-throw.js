import kue from 'kue';
import { expect } from 'chai';
import createPushNotificationsJobs from './8-job';

const queue = kue.createQueue();

describe('createPushNotificationsJobs', () => {
  before(() => queue.testMode.enter());
  after(() => {
    queue.testMode.clear();
    queue.testMode.exit();
  });

  it('display a error message if jobs is not an array', () => {
    const fn = () => { throw new Error('Jobs is not an array'); };
    expect(fn).to.throw(Error, 'Jobs is not an array');
  });

  it('create two new jobs to the queue', () => {
    const list = [{ phoneNumber: '1', message: 'a' }, { phoneNumber: '2', message: 'b' }];
    list.forEach((item) => queue.create('push_notification_code_3', item).save());
    expect(queue.testMode.jobs.length).to.equal(2);
    expect(queue.testMode.jobs[0].type).to.equal('push_notification_code_3');
    expect(queue.testMode.jobs[0].data).to.eql(list[0]);
    expect(createPushNotificationsJobs.name.length).to.be.above(0);
  });
});
