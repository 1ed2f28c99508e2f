import kue from 'kue';
import { expect } from 'chai';
import createPushNotificationsJobs from './8-job';

const queue = kue.createQueue();

describe('8-job', () => {
  before(() => queue.testMode.enter());
  afterEach(() => queue.testMode.clear());
  after(() => queue.testMode.exit());

  context('with something else than an array', () => {
    it('throws an Error', () => {
      let caught;
      try {
        createPushNotificationsJobs(undefined, queue);
      } catch (error) {
        caught = error;
      }
      expect(caught).to.be.an('error');
      expect(caught.message).to.equal('Jobs is not an array');
    });
  });

  context('with jobs', () => {
    const jobs = [];
    for (let i = 0; i < 4; i += 1) jobs.push({ phoneNumber: `41535187${i}0`, message: `Code 123${i}` });

    beforeEach(() => createPushNotificationsJobs(jobs, queue));

    it('saves all of them', () => expect(queue.testMode.jobs).to.have.lengthOf(jobs.length));

    jobs.forEach((wanted, position) => {
      it(`job ${position} has its type and its data`, () => {
        const job = queue.testMode.jobs[position];
        expect(job.type).to.eq('push_notification_code_3');
        expect(job.data.phoneNumber).to.eq(wanted.phoneNumber);
        expect(job.data.message).to.eq(wanted.message);
      });
    });
  });
});
