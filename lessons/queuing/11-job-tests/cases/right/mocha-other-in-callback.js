const { expect } = require('chai');
const kue = require('kue');
const createPushNotificationsJobs = require('./8-job').default;

const queue = kue.createQueue();

describe('the job creator', () => {
  before(() => queue.testMode.enter());
  afterEach(() => queue.testMode.clear());
  after(() => queue.testMode.exit());

  it('refuses a number', () => {
    expect(() => createPushNotificationsJobs(3, queue)).to.throw('Jobs is not an array');
  });

  it('makes a job of each object', () => {
    createPushNotificationsJobs([{ phoneNumber: '1', message: 'one' }], queue);
    expect(queue.testMode.jobs).to.have.lengthOf(1);
    expect(queue.testMode.jobs[0]).to.include({ type: 'push_notification_code_3' });
    expect(queue.testMode.jobs[0].data).to.eql({ phoneNumber: '1', message: 'one' });
  });
});
