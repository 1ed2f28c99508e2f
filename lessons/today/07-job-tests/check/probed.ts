/*
 * What the functions of a learner's module are called with.
 */

/** Where the jobs are to go. */
export const probedQueue = 'evening-shift';

/** Jobs that stand in no text, so that a function that ignores its argument is found. */
export const probedJobs = [
  { phoneNumber: '5550100', message: 'The code 7788 opens the door' },
  { phoneNumber: '5550101', message: 'Votre code : 9911 — à bientôt' },
  // One number in two objects.
  { phoneNumber: '5550100', message: 'The door is open' },
  // More than anybody takes for the most there can be.
  ...Array.from({ length: 9 }, (_, index) => ({
    phoneNumber: `${5550110 + index}`,
    message: `Your table ${index + 1} is ready`,
  })),
];

/** The number that is asked about twice, the one that two ask about at once, and a third. */
export const probedNumbers = { again: '5550200', atOnce: '+44 20 7946 0018', other: '5550201' };

/** What is left of a key's time when it is asked about again, in milliseconds. */
export const halfAnHour = 1_800_000;
