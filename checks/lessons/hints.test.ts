import assert from 'node:assert/strict';
import { hintOrder } from '../../runner/course/progress/hints';
import { sourceOf } from '../support/redis-source';
import { suite } from '../support/suite';
import { allTrials, runTrial, trialName } from '../support/trial';

/* The first hint speaks of what this very file shows, and not of what others get wrong. */

const test = suite('hints');

const rows: [wrong: string, first: RegExp][] = [
  ['01-redis-client/cases/wrong/error-left-out.ts', /has to end with the error's own text/],
  [
    '02-basic-operations/cases/wrong/prints-return-value.ts',
    /what `client.get\(\)` returns at\s+once/,
  ],
  ['02-basic-operations/cases/wrong/error-for-reply.js', /`null` is what the callback gets/],
  ['02-basic-operations/cases/wrong/prints-ok-alone.ts', /comes from `redis.print`/],
  [
    '02-basic-operations/cases/wrong/prints-key-for-value.ts',
    /Which call does the first wrong line/,
  ],
  ['04-advanced-operations/cases/wrong/prints-reply-object.ts', /turned into text/],
  ['04-advanced-operations/cases/wrong/no-print.ts', /comes from `redis.print`, six times/],
  ['06-job-creator/cases/wrong/created-before-saved.ts', /no id before/],
  ['06-job-creator/cases/wrong/missing-completed-listener.ts', /A line never\s+comes/],
  ['07-job-processor/cases/wrong/fields-of-the-job.ts', /job\.data/],
  ['09-progress-processor/cases/wrong/missing-return.ts', /A blacklisted number is notified/],
  ['09-progress-processor/cases/wrong/thrown-error.ts', /the error is \*thrown\*/],
  ['12-in-stock/cases/wrong/quantity-null.ts', /reads as `null`/],
  ['12-in-stock/cases/wrong/quantity-as-text.ts', /are numbers, without quotes/],
  ['13-seats/cases/wrong/reservations-are-blocked.ts', /too late or too early|letter by letter/],
  ['05-publisher-subscriber/cases/wrong/about-to-sent.ts', /publisher's lines/],
  ['05-publisher-subscriber/cases/wrong/prefix-before-message.ts', /as it came/],
];

const redis = sourceOf('embedded');

test.rows(
  rows,
  ([wrong]) => wrong,
  async ([wrong, first]) => {
    const trial = allTrials().find((one) => trialName(one) === wrong);
    if (!trial) throw new Error(`There is no case ${wrong}.`);
    const { finding } = await runTrial(trial, await redis);
    const [hint] = hintOrder(trial.lesson, finding);
    assert.match(hint?.text ?? '', first);
  },
);

test.run();
