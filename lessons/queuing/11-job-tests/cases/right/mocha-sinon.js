import { createQueue } from 'kue';
import { expect } from 'chai';
import sinon from 'sinon';
import createPushNotificationsJobs from './8-job';

describe('createPushNotificationsJobs', function () {
  const queue = createQueue({ name: 'push_notification_code_test' });
  let spy;

  before(function () {
    queue.testMode.enter(false);
  });

  beforeEach(function () {
    spy = sinon.spy(console, 'log');
  });

  afterEach(function () {
    spy.restore();
    queue.testMode.clear();
  });

  after(function () {
    queue.testMode.clear();
    queue.testMode.exit();
  });

  [{}, 'text', 12, null, undefined].forEach((value) => {
    it(`throws for ${value}`, function () {
      expect(createPushNotificationsJobs.bind(null, value, queue)).to.throw('Jobs is not an array');
      expect(queue.testMode.jobs).to.be.empty;
    });
  });

  it('adds every job', function () {
    const list = [1, 2, 3].map((n) => ({ phoneNumber: `415351878${n}`, message: `code ${n}` }));
    createPushNotificationsJobs(list, queue);
    expect(queue.testMode.jobs).to.have.lengthOf(3);
    expect(queue.testMode.jobs.map((j) => j.data)).to.eql(list);
    expect(queue.testMode.jobs.every((j) => j.type === 'push_notification_code_3')).to.be.true;
    expect(spy.callCount).to.equal(3);
    expect(spy.firstCall.args[0]).to.match(/^Notification job created: /);
  });

  it('reports progress, success and failure', function () {
    createPushNotificationsJobs([{ phoneNumber: '1', message: 'hello' }], queue);
    const [job] = queue.testMode.jobs;
    job.emit('progress', 25);
    job.emit('complete');
    job.emit('failed', 'out of credit');
    expect(spy.calledWith(`Notification job ${job.id} 25% complete`)).to.be.true;
    expect(spy.calledWith(`Notification job ${job.id} completed`)).to.be.true;
    expect(spy.calledWith(`Notification job ${job.id} failed: out of credit`)).to.be.true;
  });
});
