import * as v from 'valibot';

/** How many of something a driver of the learner's code has seen. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
