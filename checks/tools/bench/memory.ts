import { once } from 'node:events';
import path from 'node:path';
import { type Measure, median } from './measure';
import { Watcher } from './watcher';

const samples = 30;

/**
 * The runner's heap after collection, while it watches: at the end against near the beginning. The
 * code that V8 optimises on the way, which grows for long and is nobody's leak, is left out.
 * @param saves 600 are what a hand makes in an hour, six seconds apart; here they come one right
 * after the other
 */
export function memory(saves: number): Measure[] {
  return [
    {
      name: 'memory',
      what: `watch: heap after ${saves} saves, optimised code apart (median of the last fifth)`,
      against: 'of the second fifth',
      unit: 'MB',
      goal: { atMost: 1.03 },
      once: true,
      async sample() {
        const heaps = await heapsWhileWatching(saves);
        const fifth = Math.floor(samples / 5);
        // What is loaded when it is first needed is there after the first fifth.
        const theirs = median(heaps.slice(fifth, 2 * fifth));
        return { ours: median(heaps.slice(-fifth)), theirs };
      },
    },
  ];
}

const probe = path.join(__dirname, 'programs/memory-probe.cjs');

/** @returns megabytes, in even distances */
async function heapsWhileWatching(saves: number): Promise<number[]> {
  const watcher = await Watcher.start(
    '1',
    ['0-redis_client.ts'],
    ['--no-opt', '--expose-gc', '-r', probe],
  );
  const { child } = watcher.started;
  const heaps: number[] = [];
  try {
    for (let save = 1; save <= saves; save += 1) {
      await watcher.save();
      if (save % Math.ceil(saves / samples) > 0) continue;
      const answer = once(child, 'message');
      child.send('heap');
      const [{ heap }] = (await answer) as [{ heap: number }];
      heaps.push(heap / 1024 / 1024);
    }
    return heaps;
  } finally {
    await watcher.stop();
  }
}
