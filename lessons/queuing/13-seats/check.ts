import { check } from '#grading';
import { usesExpress } from '#vocabulary/http/server';
import { BoxOffice } from './check/box-office';

const seats = 50;
const surplus = 5;

export default check({
  '100-seat': async (task) => {
    // What an earlier run may have left.
    await task.redis.set('available_seats', '7');
    await task.redis.set('q:ids', '41');

    // More reservations wait than there are seats when the queue begins to be processed.
    const crowded = await BoxOffice.open(task);
    await crowded.opensWith(seats, 7);
    await crowded.takes(1);
    await crowded.holds(1, seats);
    await crowded.takes(seats + surplus - 1);
    await crowded.holds(seats + surplus, seats);
    await crowded.processes();
    await crowded.gives(seats, surplus);
    await crowded.isSoldOut();
    await crowded.close();

    // The queue is processed from the beginning, and the last two seats go one by one.
    const quiet = await BoxOffice.open(task);
    await quiet.opensWith(seats, 0);
    await quiet.failsWhereNothingCanBeSaved();
    await quiet.processes();
    await quiet.hasLeft(2);
    await quiet.sells(1);
    await quiet.processesAgain(1);
    await quiet.sells(0);
    await quiet.isSoldOut();
    await quiet.staysSoldOut();

    usesExpress(task);
    task.source.usesPromisify();
    task.source.usesAsync();
    task.source.declares('reserveSeat');
    task.source.declares('getCurrentAvailableSeats');
  },
});
