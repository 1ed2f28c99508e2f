import kue from 'kue';
import chai, { expect } from 'chai';
import chaiHttp from 'chai-http';
import request from 'request';
import express from 'express';
import { describe, it, before, after, afterEach } from 'mocha';
import createPushNotificationsJobs from './8-job.js';
chai.use(chaiHttp);
const queue = kue.createQueue();
const jobs = [{ phoneNumber: '4153518780', message: 'one' }, { phoneNumber: '4153518781', message: 'two' }];
const app = express();
app.get('/x', (req, res) => res.json({ a: 1 }));
let server;
describe('createPushNotificationsJobs', () => {
  before((done) => { queue.testMode.enter(); server = app.listen(7865, done); });
  afterEach(() => { queue.testMode.clear(); });
  after(() => { queue.testMode.exit(); server.close(); });
  it('web by request', (done) => { request('http://localhost:7865/x', (error, res, body) => { expect(body).to.equal('{"a":1}'); done(error); }); });
  it('web by chai-http', async () => { const res = await chai.request(app).get('/x'); expect(res).to.have.status(200); expect(res).to.be.json; expect(res.body).to.eql({ a: 1 }); });
  it('error', () => { expect(() => createPushNotificationsJobs('x', queue)).to.throw(Error, 'Jobs is not an array'); });
  it('jobs', () => {
    createPushNotificationsJobs(jobs, queue);
    expect(queue.testMode.jobs.length).to.equal(2);
    queue.testMode.jobs.forEach((job, index) => { expect(job.type).to.equal('push_notification_code_3'); expect(job.data).to.deep.equal(jobs[index]); });
  });
});
