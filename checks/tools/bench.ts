/*
 * Measures how fast the workbook is, against what it is to be measured by, and keeps the result in
 * docs/benchmarks.md.
 *   npm run bench -- [--rounds 7] [--only NAME] [--saves 600]
 * --only measures one name alone (several may be given), and leaves the page as it is. All measures
 * take turns, so that whatever else the machine does meets all alike.
 */
import { parseArgs } from 'node:util';
import { allLessons } from './bench/all-lessons';
import { checkCold } from './bench/check-cold';
import { classes } from './bench/class';
import { embedded } from './bench/embedded';
import { growth } from './bench/growth';
import { machine } from './bench/machine';
import type { Measure } from './bench/measure';
import { memory } from './bench/memory';
import { menu } from './bench/menu';
import { page } from './bench/page';
import { redisBenchmark } from './bench/redis-benchmark';
import { keepResult, type Measured, resultTable } from './bench/result-table';
import { scan } from './bench/scan';
import { shops } from './bench/shops';
import { tap } from './bench/tap';
import { walls } from './bench/walls';
import { watch } from './bench/watch';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '7' },
    only: { type: 'string', multiple: true },
    saves: { type: 'string', default: '600' },
  },
});

async function main(): Promise<void> {
  const rounds = Number(options.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a number from 1 on');
  const every = [
    ...[
      menu(),
      page(),
      checkCold(),
      watch(),
      allLessons(),
      classes(),
      walls(),
      embedded(),
      redisBenchmark(),
      scan(),
      growth(),
      tap(),
      shops(),
    ].flat(),
    ...memory(Number(options.saves)),
  ];
  const chosen = every.filter(wanted);
  if (chosen.length === 0) throw new Error('--only names no measure');
  const all: Measured[] = chosen.map((measure) => ({ measure, pairs: [] }));
  try {
    for (const { measure } of all) await measure.open?.();
    for (let round = 0; round < rounds; round += 1) await takeRound(all, round);
  } finally {
    for (const measure of every) await measure.close?.();
  }
  const result = `${await machine()} · medians of ${rounds}\n\n${resultTable(all)}`;
  console.log(`\n${result}`);
  if (!options.only) keepResult(result);
}

async function takeRound(all: readonly Measured[], round: number): Promise<void> {
  for (const { measure, pairs } of all) {
    if (measure.once && round > 0) continue;
    const pair = await measure.sample(round);
    pairs.push(pair);
    const figures = `${pair.ours.toFixed(2)} against ${pair.theirs.toFixed(2)} ${measure.unit}`;
    console.log(`round ${round + 1}  ${measure.name}: ${figures}`);
  }
}

function wanted({ name }: Measure): boolean {
  return options.only?.includes(name) ?? true;
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
