import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { RedisInstance } from '../../../runner/redis/instance';
import { start } from '../../support/command-line';
import { courseLine, installCourseWay } from './course-way';
import { inTurn, type Measure } from './measure';
import { ownRedisOnPort } from './own-redis';
import { timeTo } from './started';
import { lessonFile } from './worked';

/**
 * A check of lesson 1, nothing being started beforehand, against what the course has one type to see
 * one's program run. The text is a new one each time, for both: neither finds it compiled.
 */
export function checkCold(): Measure[] {
  const home = mkdtempSync(path.join(os.tmpdir(), 'workbook-bench-'));
  const source = readFileSync(lessonFile('0-redis_client.ts'), 'utf8');
  let redis: RedisInstance | undefined;
  let port = 0;
  let count = 0;

  const ours = () => {
    writeFileSync(path.join(home, '0-redis_client.ts'), `${source}// ${process.pid} ${++count}\n`);
    return timeTo(/passed/, [process.execPath, start, 'check', '1'], {
      env: { WORKBOOK_HOME: home },
    });
  };
  const theirs = () => {
    // What the course's text is without types.
    const program = source
      .replace('(error: Error)', '(error)')
      .replace('createClient()', `createClient(${port})`);
    const { line, cwd } = courseLine('0-redis_client.js', `${program}// ${++count}\n`);
    return timeTo(/connected to the server/, line, { cwd });
  };

  return [
    {
      name: 'check-cold',
      what: '`check 1`, cold, to the verdict',
      against: 'nodemon with babel-node, to the first line',
      unit: 'ms',
      goal: { atMost: 1 },
      async open() {
        installCourseWay();
        ({ redis, port } = await ownRedisOnPort());
        await ours();
        await theirs();
      },
      sample: (round) => inTurn(round, ours, theirs),
      async close() {
        await redis?.close();
        rmSync(home, { recursive: true, force: true });
      },
    },
  ];
}
