import type { RedisInstance } from '../../../runner/redis/instance';
import { BareFolder } from './bare';
import { waitUntilIdle } from './idle';
import { inTurn, type Measure } from './measure';
import { ownRedisOnPort } from './own-redis';
import { Started, timeTo } from './started';
import { Watcher } from './watcher';
import { lessonFile } from './worked';

/** From a save to its verdict, against bare node with the same program compiled beforehand. */
export function watch(): Measure[] {
  return [
    saved({
      name: 'watch',
      what: 'watch: save to verdict, lesson 1',
      against: 'bare node, to the program’s first line',
      goal: { below: 1 },
      lesson: '1',
      file: '0-redis_client.ts',
      lastLine: /connected to the server/,
    }),
    saved({
      name: 'watch-kue',
      what: 'watch: save to verdict, lesson 6 (kue)',
      against: 'bare node, to its last line',
      goal: { atMost: 2 },
      lesson: '6',
      file: '6-job_creator.ts',
      lastLine: /job completed/,
      // The job completes where somebody does it: this one waits already.
      partner: '6-job_processor.ts',
    }),
    saved({
      name: 'watch-bullmq',
      what: 'watch: save to verdict, lesson 5 of `today` (BullMQ), both files',
      against: 'bare node, today-queue to its last line',
      goal: { atMost: 2 },
      lesson: 'today/5',
      file: 'today-queue.ts',
      lastLine: /job completed/,
      partner: 'today-worker.ts',
      beside: ['today-worker.ts'],
    }),
    saved({
      name: 'watch-bullmq',
      what: 'watch: save to verdict, lesson 6 of `today` (BullMQ), both files',
      against: 'bare node, today-notifications to its last line',
      goal: { atMost: 2 },
      lesson: 'today/6',
      file: 'today-notifications.ts',
      // The busy number’s job is tried three times, later each time.
      lastLine: /job (\d+) 0%[\s\S]*job \1 0%[\s\S]*job \1 completed/,
      partner: 'today-notifications-worker.ts',
      beside: ['today-notifications-worker.ts'],
    }),
    saved({
      name: 'watch-bullmq',
      what: 'watch: save to verdict, lesson 7 of `today` (BullMQ), both files, the tests tried on eight broken modules',
      against: 'bare node, today-job.test to its last line',
      goal: { atMost: 2 },
      lesson: 'today/7',
      file: 'today-job.test.ts',
      lastLine: /Duration:/,
      imports: 'today-job.ts',
      beside: ['today-job.ts'],
    }),
  ];
}

/**
 * On a busy machine a worker may be done before the program has begun to read the event stream, and BullMQ
 * waits in vain then: after so many milliseconds it is tried again, and at most so often.
 */
const lost = 10_000;
const mostTries = 4;

interface Saved extends Pick<Measure, 'name' | 'what' | 'against' | 'goal'> {
  /** As it is typed. */
  lesson: string;
  file: string;
  lastLine: RegExp;
  /** The program that does the other half, for bare node. */
  partner?: string;
  /** The module of the lesson that it imports, for bare node. */
  imports?: string;
  /** The lesson's other files, which are graded with the one that is saved. */
  beside?: readonly string[];
}

function saved({ lesson, file, lastLine, partner, imports, beside = [], ...row }: Saved): Measure {
  const folder = new BareFolder();
  let redis: RedisInstance | undefined;
  let worker: Started | undefined;
  let watcher: Watcher | undefined;
  let program = '';
  const ours = async () => {
    await waitUntilIdle();
    return (await watcher?.save()) ?? Number.NaN;
  };
  const theirs = async () => {
    // Programs are started then that wait for the next save.
    await waitUntilIdle();
    for (let tries = 1; ; tries += 1) {
      const limit = tries < mostTries ? lost : undefined;
      try {
        return await timeTo(lastLine, [process.execPath, program], limit ? { limit } : {});
      } catch (error) {
        if (limit === undefined) throw error;
      }
    }
  };
  return {
    ...row,
    unit: 'ms',
    async open() {
      const own = await ownRedisOnPort();
      redis = own.redis;
      program = folder.program(lessonFile(file), own.port);
      if (imports) folder.module(lessonFile(imports));
      if (partner) {
        const worked = folder.program(lessonFile(partner), own.port);
        worker = new Started([process.execPath, worked]);
      }
      watcher = await Watcher.start(lesson, [file, ...beside]);
      await ours();
      await theirs();
    },
    sample: (round) => inTurn(round, ours, theirs),
    async close() {
      await watcher?.stop();
      await worker?.stop();
      await redis?.close();
      folder.remove();
    },
  };
}
