import { createClient } from 'redis';
import { createQueue } from 'kue';
import { promisify } from 'util';
import express from 'express';

class BoxOffice {
  constructor(seats) {
    this.client = createClient();
    this.client.on('error', (error) => console.error(error.message));
    this.get = promisify(this.client.get).bind(this.client);
    this.set = promisify(this.client.set).bind(this.client);
    this.queue = createQueue({ jobEvents: true });
    this.reservationEnabled = true;
    this.working = false;
    this.opened = this.reserveSeat(seats);
  }

  async reserveSeat(number) {
    await this.set('available_seats', `${number}`);
  }

  async getCurrentAvailableSeats() {
    await this.opened;
    return this.get('available_seats');
  }

  save() {
    return new Promise((resolve, reject) => {
      const job = this.queue.create('reserve_seat', { at: Date.now() });
      job.save((error) => {
        if (error) reject(error);
        else resolve(job);
      });
      job.once('complete', () => console.log('Seat reservation job', job.id, 'completed'));
      job.once('failed', (reason) => console.log('Seat reservation job', job.id, 'failed:', reason));
    });
  }

  work() {
    if (this.working) return;
    this.working = true;
    this.queue.process('reserve_seat', (job, done) => {
      this.giveSeat().then(() => done(), done);
    });
  }

  async giveSeat() {
    const left = Number(await this.getCurrentAvailableSeats()) - 1;
    if (left < 0) throw new Error('Not enough seats available');
    await this.reserveSeat(left);
    if (left === 0) this.reservationEnabled = false;
  }
}

const office = new BoxOffice(50);
const app = express();

app.get('/available_seats', async (req, res) => {
  const seats = await office.getCurrentAvailableSeats();
  res.json({ numberOfAvailableSeats: seats });
});

app.get('/reserve_seat', async (req, res) => {
  let status = 'Reservation are blocked';
  if (office.reservationEnabled) {
    try {
      await office.save();
      status = 'Reservation in process';
    } catch (error) {
      status = 'Reservation failed';
    }
  }
  res.json({ status });
});

app.get('/process', (req, res) => {
  office.work();
  res.json({ status: 'Queue processing' });
});

app.listen(1245);
