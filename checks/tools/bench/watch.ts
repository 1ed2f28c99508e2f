import type { RedisInstance } from '../../../runner/redis/instance';
import { BareFolder } from './bare';
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
      lesson: 1,
      file: '0-redis_client.ts',
      lastLine: /connected to the server/,
    }),
    saved({
      name: 'watch-kue',
      what: 'watch: save to verdict, lesson 6 (kue)',
      against: 'bare node, to its last line',
      goal: { atMost: 2 },
      lesson: 6,
      file: '6-job_creator.ts',
      lastLine: /job completed/,
      // The job completes where somebody does it: this one waits already.
      partner: '6-job_processor.ts',
    }),
  ];
}

interface Saved extends Pick<Measure, 'name' | 'what' | 'against' | 'goal'> {
  lesson: number;
  file: string;
  lastLine: RegExp;
  partner?: string;
}

function saved({ lesson, file, lastLine, partner, ...row }: Saved): Measure {
  const folder = new BareFolder();
  let redis: RedisInstance | undefined;
  let worker: Started | undefined;
  let watcher: Watcher | undefined;
  let program = '';
  const ours = async () => (await watcher?.save()) ?? Number.NaN;
  const theirs = () => timeTo(lastLine, [process.execPath, program]);
  return {
    ...row,
    unit: 'ms',
    async open() {
      const own = await ownRedisOnPort();
      redis = own.redis;
      program = folder.program(lessonFile(file), own.port);
      if (partner) {
        const worked = folder.program(lessonFile(partner), own.port);
        worker = new Started([process.execPath, worked]);
      }
      watcher = await Watcher.start(lesson, file);
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
