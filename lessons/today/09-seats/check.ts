import { check } from '#grading';
import { expectBullMQ } from '#vocabulary/bullmq/library';
import { startIdsAfter } from '#vocabulary/bullmq/queue';
import { expectExpress } from '#vocabulary/http/server';
import { BoxOffice } from './check/box-office';
import { expectLastSeatGivenOnce } from './check/last-seat';
import { queue, Reservations } from './check/reservations';
import { expectLeftAlone, expectNotTaken, expectTwoAtOnce } from './check/seat-count';
import { setSeats } from './check/seats';
import {
  expectEndsInTheMiddle,
  expectEndsWithNothingToDo,
  expectEndsWithoutSeat,
} from './check/shutdown';

const seats = 50;
const surplus = 5;

export default check({
  'today-seats': async (task) => {
    expectBullMQ(task);
    await startIdsAfter(task.redis, queue, 41);
    const reservations = new Reservations(task);

    // Two processes on one Redis, and a third that starts when seats are gone already.
    const [first, second] = await expectTwoAtOnce(task, seats);
    await setSeats(task, 7);
    await first.expectReservation();
    await reservations.expectWaiting(1, first);
    await expectNotTaken(task, 7);
    // All seats are given then, which is a number like any other.
    await setSeats(task, 0);
    const third = await BoxOffice.start(task);
    await third.waitUntilOpen();
    await expectLeftAlone(task, third, 0);
    await setSeats(task, 7);
    await third.expectFailureWhenRedisRefuses();
    await BoxOffice.expectReservations([first, second, third], seats + surplus - 2);
    await second.expectReservation();
    await reservations.expectWaiting(seats + surplus, first);
    await expectNotTaken(task, 7);

    // SIGTERM in the middle: one job is in hand, the others wait.
    await setSeats(task, seats);
    await expectEndsInTheMiddle(first, reservations);
    await second.expectProcessing();
    await reservations.expectAllEnded([first, second]);
    await reservations.expectGiven(seats, surplus);
    for (const office of [second, third]) await office.expectSoldOut();

    await expectLastSeatGivenOnce(task, first, [second, third], reservations);
    await second.expectProcessingAgain();
    const ended = await expectEndsWithoutSeat(task, [second, third], reservations);
    for (const office of [second, third]) {
      if (office !== ended) await expectEndsWithNothingToDo(office);
    }

    expectExpress(task);
    task.source.expectFunction('reserveSeat');
    task.source.expectFunction('getCurrentAvailableSeats');
  },
});
