import os from 'node:os';
import path from 'node:path';
import * as assert from 'uvu/assert';
import { findRedis } from '../../runner/redis/find';
import { reaper } from '../../runner/sandbox/process/reaper';
import { courses, folderName } from '../support/courses';
import { recordKey } from '../support/recording';
import { suite } from '../support/suite';
import { takenStep } from '../support/taken-step';
import { allTrials, differenceFrom, runTrial, type Trial, trialName } from '../support/trial';

/*
 * A slice of the trials that touches every file of the course: its worked version, one right case and
 * one wrong one, on the embedded Redis. `npm run trials` grades everything on both kinds.
 */

const trials = allTrials();

const slice = trials.filter(
  (trial) =>
    trial.kind !== 'starter' &&
    trials.find(({ kind, file }) => kind === trial.kind && file === trial.file) === trial,
);

const graded = suite('trials');

graded.rows(
  slice,
  (trial) => `${trial.kind}: ${trialName(trial)}`,
  async (trial) => {
    const redis = await findRedis({ offline: true, reaper });
    const part = await runTrial(trial, redis);
    assert.is(differenceFrom(trial, part), undefined);
    assert.is(takenStep(trial, part.finding), undefined);
  },
  { width: os.availableParallelism() },
);

graded.run();

const declared = suite('declarations');

declared.rows(
  courses.flatMap(({ lessons }) => lessons),
  ({ id }) => `${id} has what a lesson needs`,
  (lesson) => {
    assert.ok(lesson.text.trim().length > 500, 'the text is short');
    assert.ok(lesson.hints.length >= 3, 'fewer than three hints');
    for (const file of lesson.files) {
      const of = (kind: Trial['kind']) =>
        trials.filter((one) => one.kind === kind && one.file === file);
      assert.ok(of('right').length >= 6, `${file}: fewer than six right cases`);
      assert.ok(of('wrong').length >= 10, `${file}: fewer than ten wrong cases`);
    }
  },
);

declared('no two trials have one name, in lists of trials or of verdicts', () => {
  for (const nameOf of [trialName, recordKey]) {
    assert.is(new Set(trials.map(nameOf)).size, trials.length);
  }
  const [first, second] = courses.map(
    ({ id, lessons: [lesson] }) => lesson && { ...lesson, course: id },
  );
  assert.ok(first && second);
  const twin = { ...second, folder: path.join(second.folder, '..', path.basename(first.folder)) };
  assert.is.not(folderName(twin), folderName(first));
});

declared('every wrong case names its message', () => {
  for (const trial of trials.filter((one) => one.kind === 'wrong')) {
    assert.ok(trial.expected?.message, `${trialName(trial)}: no message declared`);
  }
});

declared.run();
