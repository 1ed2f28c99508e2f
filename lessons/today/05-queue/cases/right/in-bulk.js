import { Queue, QueueEvents } from 'bullmq';

class Notifications {
  constructor(name) {
    this.queue = new Queue(name);
    this.events = new QueueEvents(name);
    this.own = new Set();
    this.events.on('completed', ({ jobId }) => this.tell(jobId, 'completed'));
    this.events.on('failed', ({ jobId }) => this.tell(jobId, 'failed'));
  }

  tell(id, what) {
    if (this.own.has(id)) console.log(`Notification job ${what}`);
  }

  async create(data) {
    const jobs = await this.queue.addBulk([{ name: 'push', data }]);
    jobs.forEach((job) => {
      this.own.add(job.id);
      console.log(`Notification job created: ${job.id}`);
    });
  }
}

new Notifications('push_notification_code').create({ phoneNumber: '1', message: 'a' });
