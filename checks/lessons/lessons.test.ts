import os from 'node:os';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { loadCatalogue } from '../../runner/course/catalogue';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { eachOf } from '../support/each-of';
import { allTrials, differenceFrom, runTrial, type Trial, trialName } from '../support/trial';

/*
 * The course's gate: every worked version passes, every starter and every mistake fails, each
 * mistake with its own message. Worked versions are graded on real Redis and on the embedded one,
 * all else here on the one or the other, in turn, so that both see half of each file's mistakes.
 * Of the variants there is one right and one wrong for each file. `npm run trials` grades
 * everything on both.
 */

const trials = allTrials();

const slice: Trial[] = [
  ...trials.filter((trial) => ['worked', 'starter'].includes(trial.kind)),
  ...trials.filter(
    (trial, index) => isFirst(trial, index, 'right') || isFirst(trial, index, 'wrong'),
  ),
];

for (const offline of [false, true]) {
  const where = offline ? 'the embedded Redis' : 'redis-server';
  const test = suite(`lessons on ${where}`);

  test(`every verdict is the declared one on ${where}`, async () => {
    const redis = await findRedis({ offline, reaper });
    assert.is(redis.kind, offline ? 'embedded' : 'server', `no ${where} on this machine`);
    const faults: string[] = [];
    const own = slice.filter(
      ({ kind }, index) => kind === 'worked' || (index % 2 === 1) === offline,
    );
    await eachOf(own, os.availableParallelism(), async (trial) => {
      const fault = differenceFrom(trial, await runTrial(trial, redis));
      if (fault !== undefined) faults.push(`${trialName(trial)}: ${fault}`);
    });
    assert.is(faults.join('\n'), '');
  });

  test.run();
}

const declared = suite('declarations');

declared('every lesson has what a lesson needs', () => {
  for (const lesson of loadCatalogue()) {
    assert.ok(lesson.text.trim().length > 500, `${lesson.id}: the text is short`);
    assert.ok(lesson.hints.length >= 3, `${lesson.id}: fewer than three hints`);
    for (const file of lesson.files) {
      const of = (kind: Trial['kind']) =>
        trials.filter((one) => one.kind === kind && one.file === file);
      assert.ok(of('right').length >= 6, `${file}: fewer than six right variants`);
      assert.ok(of('wrong').length >= 10, `${file}: fewer than ten wrong versions`);
    }
  }
});

declared('every wrong version names its message', () => {
  for (const trial of trials.filter((one) => one.kind === 'wrong')) {
    assert.ok(trial.expected?.message, `${trialName(trial)}: no message declared`);
  }
});

declared.run();

function isFirst(trial: Trial, index: number, kind: Trial['kind']): boolean {
  if (trial.kind !== kind) return false;
  return trials.findIndex((one) => one.kind === kind && one.file === trial.file) === index;
}
