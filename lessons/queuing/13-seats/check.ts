import { check } from '#grading';
import { expectExpress } from '#vocabulary/http/server';
import { expectKue } from '#vocabulary/kue/library';
import { BoxOffice } from './check/box-office';

const seats = 50;
const surplus = 5;

export default check({
  '100-seat': async (task) => {
    expectKue(task);
    // What an earlier run may have left.
    await task.redis.set('available_seats', '7');
    await task.redis.set('q:ids', '41');

    // More reservations wait than there are seats when the queue begins to be processed.
    const crowded = await BoxOffice.open(task);
    await crowded.expectSeatsAtStart(seats, 7);
    await crowded.expectReservationsTaken(1);
    await crowded.expectJobsWaiting(1, seats);
    await crowded.expectReservationsTaken(seats + surplus - 1);
    await crowded.expectJobsWaiting(seats + surplus, seats);
    await crowded.expectProcessing();
    await crowded.expectSeatsGiven(seats, surplus);
    await crowded.expectSoldOut();
    await crowded.close();

    // The queue is processed from the beginning, and the last two seats go one by one.
    const quiet = await BoxOffice.open(task);
    await quiet.expectSeatsAtStart(seats, 0);
    await quiet.expectFailureWhenRedisRefuses();
    await quiet.expectProcessing();
    await quiet.setSeatsLeft(2);
    await quiet.expectSale(1);
    await quiet.expectProcessingAgain(1);
    await quiet.expectSale(0);
    await quiet.expectSoldOut();
    await quiet.expectStillSoldOut();

    expectExpress(task);
    task.source.expectPromisify();
    task.source.expectAsync();
    task.source.expectFunction('reserveSeat');
    task.source.expectFunction('getCurrentAvailableSeats');
  },
});
