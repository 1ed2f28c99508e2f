/*
 * Sends random sequences of commands to the embedded Redis and to a real one, and compares every
 * reply and the data that are left in the end.
 *   npm run comparison -- [--sequences 5000] [--length 200] [--seed NUMBER] [--protocol 3]
 * The same seed makes the same sequences. The first difference of each is cut down to the fewest
 * commands that show it.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { embeddedRedis } from '../../runner/redis/embedded/server/source';
import { startRealRedis } from '../redis/embedded/conformance/real';
import { compare, type Difference, shrink } from './comparison/compare';
import { makeSequence, type Step } from './comparison/sequence';

/** After so many differences there is enough to look at. */
const ENOUGH = 10;

const { values: options } = parseArgs({
  options: {
    sequences: { type: 'string', default: '5000' },
    length: { type: 'string', default: '200' },
    protocol: { type: 'string', default: '2' },
    seed: { type: 'string', default: String(randomInt(2 ** 31)) },
  },
});

async function main(): Promise<number> {
  const real = await startRealRedis();
  if (!real) throw new Error('there is no redis-server on the PATH to compare with');
  const embedded = await embeddedRedis().open();
  const [first, count, length] = [options.seed, options.sequences, options.length].map(Number);
  const protocol = options.protocol === '3' ? 3 : 2;
  console.log(
    `seed ${first}, ${count} sequences of ${length} commands, RESP${protocol}, Redis ${real.version}`,
  );
  const start = performance.now();
  let differences = 0;
  let sequences = 0;
  let commands = 0;
  try {
    for (; sequences < (count ?? 0) && differences < ENOUGH; sequences += 1) {
      const seed = (first ?? 0) + sequences;
      const steps = makeSequence(seed, length ?? 0);
      commands += steps.length;
      if (!(await compare(real.place, embedded.address, steps, protocol))) continue;
      differences += 1;
      const shortest = await shrink(real.place, embedded.address, steps, protocol);
      const shown = await compare(real.place, embedded.address, shortest, protocol);
      console.log(`\nseed ${seed}:\n${tell(shortest, shown)}`);
    }
  } finally {
    await real.stop();
    await embedded.close();
  }
  const seconds = ((performance.now() - start) / 1000).toFixed(0);
  console.log(
    `\n${sequences} sequences, ${commands} commands, ${differences} differences, ${seconds} s`,
  );
  return differences === 0 ? 0 : 1;
}

/** The steps as they are written in comparison/found.ts, and in what the servers differ. */
function tell(steps: readonly Step[], difference: Difference | undefined): string {
  const lines = steps.map(({ connection, args }) => `  [${connection}, ${JSON.stringify(args)}],`);
  if (!difference) return [...lines, '  (gone when it was played again)'].join('\n');
  const place = difference.at === undefined ? 'in the end' : `at step ${difference.at + 1}`;
  return [
    ...lines,
    `  ${place}`,
    `  Redis:    ${difference.real}`,
    `  embedded: ${difference.embedded}`,
  ].join('\n');
}

main().then((code) => {
  process.exitCode = code;
});
