import { expect } from 'chai';
import { createQueue } from 'kue';
import { createPushNotificationsJobs } from './8-job';

const queue = createQueue();
const people = [
  { phoneNumber: '5550110', message: 'The door opens at nine' },
  { phoneNumber: '5550111', message: 'The door opens at ten' },
];

describe('the function that makes jobs', () => {
  before(() => {
    queue.testMode.enter();
  });

  afterEach(() => {
    queue.testMode.clear();
  });

  after(() => {
    queue.testMode.exit();
  });

  it('refuses what is no array', () => {
    const refused = () => createPushNotificationsJobs({}, queue);
    expect(refused).to.throw(Error, 'Jobs is not an array');
  });

  it('makes a job of each object', () => {
    createPushNotificationsJobs(people, queue);
    const { jobs } = queue.testMode;
    expect(jobs.map(({ type }) => type)).to.deep.equal(people.map(() => 'push_notification_code_3'));
    expect(jobs.map(({ data }) => data)).to.deep.equal(people);
  });
});
