import { expect } from 'chai';
import kue from 'kue';
import createPushNotificationsJobs from './8-job.js';

const queue = kue.createQueue();

describe('createPushNotificationsJobs', () => {
  before(queue.testMode.enter);
  afterEach(queue.testMode.clear);
  after(queue.testMode.exit);

  it('throws an error', () => {
    expect(() => createPushNotificationsJobs(0, queue)).to.throw(Error, 'Jobs is not an array');
  });

  it('creates a job per item', () => {
    const items = ['a', 'b', 'c'].map((message, i) => ({ phoneNumber: String(i), message }));
    createPushNotificationsJobs(items, queue);
    expect(queue.testMode.jobs).to.have.lengthOf(3);
    queue.testMode.jobs.forEach((job, i) => {
      expect(job.type).to.equal('push_notification_code_3');
      expect(job.data).to.deep.equal(items[i]);
    });
  });
});
