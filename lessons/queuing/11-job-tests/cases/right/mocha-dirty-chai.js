import kue from 'kue';
import chai, { expect, should } from 'chai';
import createPushNotificationsJobs from './8-job.js';

should();
const { assert } = chai;
const queue = kue.createQueue();

const jobs = [
  {
    phoneNumber: '4153518780',
    message: 'This is the code 1234 to verify your account',
  },
  {
    phoneNumber: '4153518781',
    message: 'This is the code 4562 to verify your account',
  },
];

describe('createPushNotificationsJobs', () => {
  before(() => {
    queue.testMode.enter();
  });

  afterEach(() => {
    queue.testMode.clear();
  });

  after(() => {
    queue.testMode.exit();
  });

  it('does nothing with an empty list', () => {
    createPushNotificationsJobs([], queue);
    expect(queue.testMode.jobs).to.have.length(0);
  });

  it('display a error message if jobs is not an array', () => {
    expect(() => createPushNotificationsJobs('not an array', queue)).to.throw(Error, 'Jobs is not an array');
  });

  it('create two new jobs to the queue', () => {
    createPushNotificationsJobs(jobs, queue);
    queue.testMode.jobs.should.have.length(2);
    assert.lengthOf(queue.testMode.jobs, jobs.length);
    queue.testMode.jobs.forEach((job, index) => {
      expect(job.type).to.equal('push_notification_code_3');
      expect(job.data).to.deep.equal(jobs[index]);
    });
  });
});
