/*
 * Writes down the verdict on every trial: class, message, next step, line, expected and seen. Two
 * such files tell whether a change to the engine has changed a verdict.
 *   npm run verdicts -- --record FILE [--redis server|embedded] [--lesson N]
 *   npm run verdicts -- --compare OLD NEW
 */

import { appendFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import { isMeant } from '../support/courses';
import { type RecordedVerdict, readRecording, recordKey } from '../support/recording';
import { sourceOf } from '../support/redis-source';
import { allTrials, runTrial } from '../support/trial';

/** What must be the same for a learner; `expected` and `seen` may depend on how two programs interleave. */
const compared = ['verdict', 'class', 'message', 'next', 'line'] as const;

async function main(): Promise<void> {
  const { values: options, positionals } = parseArgs({
    options: {
      record: { type: 'string' },
      compare: { type: 'boolean', default: false },
      redis: { type: 'string' },
      lesson: { type: 'string' },
      jobs: { type: 'string', default: '2' },
    },
    allowPositionals: true,
  });
  const [before, after] = positionals;
  if (options.compare && before !== undefined && after !== undefined) return compare(before, after);
  if (options.record === undefined) throw new Error('--record FILE, or --compare OLD NEW');
  writeFileSync(options.record, '');
  for (const kind of options.redis ? [options.redis] : ['server', 'embedded']) {
    const redis = await sourceOf(kind);
    const trials = allTrials().filter(({ lesson }) => isMeant(lesson, options.lesson));
    await pMap(
      trials,
      async (trial) => {
        const { verdict, finding } = await runTrial(trial, redis);
        const seen: RecordedVerdict = { key: recordKey(trial), redis: kind, verdict, ...finding };
        appendFileSync(options.record ?? '', `${JSON.stringify(seen)}\n`);
      },
      { concurrency: Number(options.jobs) },
    );
  }
}

function compare(before: string, after: string): void {
  const old = rowsOf(before);
  const now = rowsOf(after);
  let same = 0;
  let different = 0;
  for (const [key, one] of old) {
    const other = now.get(key);
    const changes = compared.filter((field) => one[field] !== other?.[field]);
    if (changes.length === 0) same += 1;
    else {
      different += 1;
      console.log(`✗ ${key}`);
      for (const field of changes) {
        console.log(`    ${field}: ${one[field]}`);
        console.log(`    ${' '.repeat(field.length)}→ ${other?.[field]}`);
      }
    }
  }
  const added = [...now.keys()].filter((key) => !old.has(key)).length;
  console.log(`${same} the same, ${different} different, ${added} new`);
  process.exitCode = different > 0 ? 1 : 0;
}

function rowsOf(file: string): Map<string, RecordedVerdict> {
  return new Map(readRecording(file).map((one) => [`${one.key} on ${one.redis}`, one]));
}

main();
