import express from 'express';
import { createClient } from 'redis';
import { createQueue } from 'kue';
import { promisify } from 'util';

const CLAVE = 'available_seats';
const COLA = 'reserve_seat';

const cliente = createClient();
const obtener = promisify(cliente.get).bind(cliente);
const guardar = promisify(cliente.set).bind(cliente);
const cola = createQueue();
const app = express();

// ¿se puede reservar todavía?
let reservationEnabled = true;

async function reserveSeat(number) {
  await guardar(CLAVE, number);
}

async function getCurrentAvailableSeats() {
  const asientos = await obtener(CLAVE);
  return asientos;
}

async function descontar() {
  const asientos = Number(await getCurrentAvailableSeats()) - 1;
  if (asientos < 0) {
    throw new Error('Not enough seats available');
  }
  await reserveSeat(asientos);
  const reservationEnabled = asientos !== 0;
}

app.get('/available_seats', async (req, res) => {
  res.json({ numberOfAvailableSeats: await getCurrentAvailableSeats() });
});

app.get('/reserve_seat', (req, res) => {
  if (!reservationEnabled) {
    res.json({ status: 'Reservation are blocked' });
    return;
  }
  const trabajo = cola.create(COLA, { fecha: Date.now() });
  trabajo.on('complete', () => console.log(`Seat reservation job ${trabajo.id} completed`));
  trabajo.on('failed', (motivo) => console.log(`Seat reservation job ${trabajo.id} failed: ${motivo}`));
  trabajo.save((fallo) => {
    if (fallo) {
      res.json({ status: 'Reservation failed' });
      return;
    }
    res.json({ status: 'Reservation in process' });
  });
});

app.get('/process', (req, res) => {
  res.json({ status: 'Queue processing' });
  cola.process(COLA, (trabajo, done) => {
    descontar().then(() => done()).catch(done);
  });
});

reserveSeat(50).then(() => app.listen(1245));
