import assert from 'node:assert/strict';
import { queueAt } from '../../runner/page/client/queue/queue-state';
import { logOf } from '../../runner/page/client/wire/run-log';
import type { WireEvent } from '../../runner/page/protocol';
import { WatchedCheck } from '../../runner/page/server/watched-check';
import { partKeys, showQueueLibraries } from '../../runner/report/queue-libraries';
import { presentationsOf } from '../../runner/vocabulary/presentation';
import { gradedWorked } from '../support/graded-worked';
import { suite } from '../support/suite';

/* The queue as the page shows it, from journals of worked versions that were graded. */

const test = suite('queue of the page');

test.before(() => showQueueLibraries(() => presentationsOf(['redis', 'kue', 'bullmq'])));
test.after(() => showQueueLibraries(() => []));

for (const address of ['queuing/progress-processor', 'today/today-notifications']) {
  test(`jobs go from state to state in ${address}, and end as Redis keeps them`, async () => {
    const told = new Map<string, WireEvent[]>();
    const check = new WatchedCheck((file, events) => {
      told.set(file, [...(told.get(file) ?? []), ...events]);
    });
    const parts = await gradedWorked(address, check);
    assert.equal(told.size, parts.length);
    for (const [file, all] of told) {
      const events = logOf(all).queueEvents;
      const ways = waysOf(events);
      assert.ok(ways.size >= 5, `${ways.size} jobs in ${file}`);
      for (const [job, way] of ways) {
        assert.match(
          way.join(' '),
          /^(delayed )?waiting( active( delayed| waiting)*)* (complete|failed)/,
          job,
        );
      }
      const { jobs } = queueAt(events, end);
      assert.ok(jobs.some(({ phase }) => phase === 'complete'));
      assert.ok(jobs.some(({ phase, error }) => phase === 'failed' && error !== undefined));
      assert.ok(jobs.every(({ queue, type, data, worker }) => queue && type && data && worker));
      assert.deepEqual(
        all.map(({ id }) => id),
        all.map((_, at) => at),
        'numbers without gaps',
      );
      const kept = parts.find((one) => one.file === file)?.evidence.keys ?? [];
      const { libraries } = partKeys(kept);
      const left = libraries.flatMap(({ jobs }) => jobs.map(({ id, state }) => `${id} ${state}`));
      const seen = jobs.map(({ job, state }) => `${job.split(':').at(-1)} ${state}`);
      assert.deepEqual(
        left.filter((one) => !seen.includes(one)),
        [],
      );
    }
  });
}

const end = Number.POSITIVE_INFINITY;

/** The phases through which each job went. */
function waysOf(events: readonly WireEvent[]): Map<string, string[]> {
  const ways = new Map<string, string[]>();
  for (const time of new Set(events.filter(({ moves }) => moves).map(({ at }) => at))) {
    for (const { job, phase } of queueAt(events, time).jobs) {
      const way = ways.get(job) ?? [];
      if (way.at(-1) !== phase) way.push(phase);
      ways.set(job, way);
    }
  }
  return ways;
}

test.run();
