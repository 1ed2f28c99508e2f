const { assert } = require('chai');
const kue = require('kue');
const createPushNotificationsJobs = require('./8-job').default;

const queue = kue.createQueue();

describe('Testing the job creator', () => {
  const printed = [];
  const { log } = console;

  beforeEach(() => {
    queue.testMode.enter();
    printed.length = 0;
    console.log = (line) => printed.push(line);
  });

  afterEach(() => {
    console.log = log;
    queue.testMode.clear();
    queue.testMode.exit();
  });

  it('throws unless it gets an array', () => {
    assert.throws(() => createPushNotificationsJobs({ phoneNumber: '1' }, queue), Error, 'Jobs is not an array');
  });

  it('queues the jobs and says so with a hash sign', () => {
    const data = [
      { phoneNumber: '4153518743', message: 'This is the code 4321 to verify your account' },
      { phoneNumber: '4153538781', message: 'This is the code 4562 to verify your account' },
      { phoneNumber: '4153118782', message: 'This is the code 4321 to verify your account' },
    ];
    createPushNotificationsJobs(data, queue);
    assert.strictEqual(queue.testMode.jobs.length, 3);
    data.forEach((item, i) => {
      assert.deepEqual(queue.testMode.jobs[i].data, item);
      assert.strictEqual(queue.testMode.jobs[i].type, 'push_notification_code_3');
    });
    const first = queue.testMode.jobs[0];
    first.emit('complete');
    assert.include(printed, `Notification job #${first.id} completed`);
  });
});
