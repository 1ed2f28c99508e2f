/*
 * How well each wrong case is told what is wrong: a person reads message, next step and line beside the
 * file, and scores 2 (names the mistake), 1 (a symptom) or 0 (misleads), as a learner who does not know
 * the check. The score is kept with the lesson's cases under the hash of what was read, so a message
 * that changes is scored anew.
 *   npm run scores                       the figures, and how many are still to be scored
 *   npm run scores -- --ask              scores those that have none, one key each
 *   npm run scores -- --show             prints those that have none
 *   npm run scores -- --set FILE         takes scores from lines such as `02-basic-operations/wrong/x.ts 2`
 * [--lesson N] narrows each; [--rows FILE] reads a recording of `npm run verdicts` in place of grading.
 */

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface, emitKeypressEvents } from 'node:readline';
import { parseArgs } from 'node:util';
import pMap from 'p-map';
import * as v from 'valibot';
import { parse } from 'yaml';
import type { Finding } from '../../runner/grading/verdict';
import { folderName, isMeant } from '../support/courses';
import { type RecordedVerdict, readRecording, recordKey } from '../support/recording';
import { sourceOf } from '../support/redis-source';
import { allTrials, runTrial, type Trial, textOf } from '../support/trial';

type Told = Pick<Finding, 'message' | 'next' | 'line' | 'expected' | 'seen'> & { class: string };

/** A wrong case with what it is told. */
interface Row {
  trial: Trial;
  /** Its lesson's folder and its own name, such as `02-basic-operations/wrong/x.ts`. */
  name: string;
  told: Told;
}

const score = v.picklist([0, 1, 2]);
type Score = v.InferOutput<typeof score>;

const scores = v.record(v.string(), v.strictObject({ score, of: v.string() }));
type Scores = v.InferOutput<typeof scores>;

async function main(): Promise<void> {
  const { values: options } = parseArgs({
    options: {
      ask: { type: 'boolean', default: false },
      show: { type: 'boolean', default: false },
      set: { type: 'string' },
      lesson: { type: 'string' },
      rows: { type: 'string' },
    },
  });
  const trials = allTrials().filter(
    ({ kind, lesson }) => kind === 'wrong' && isMeant(lesson, options.lesson),
  );
  const rows = options.rows ? readRows(trials, options.rows) : await gradeAll(trials);
  if (options.set !== undefined) take(rows, readFileSync(options.set, 'utf8'));
  if (options.show) for (const row of unscored(rows)) console.log(`${page(row)}\n`);
  if (options.ask) await ask(unscored(rows));
  report(rows);
}

async function gradeAll(trials: readonly Trial[]): Promise<Row[]> {
  const redis = await sourceOf('embedded');
  const rows: Row[] = [];
  await pMap(
    trials,
    async (trial) => {
      const { finding } = await runTrial(trial, redis);
      if (finding) rows.push({ trial, name: nameOf(trial), told: finding });
    },
    { concurrency: 2 },
  );
  return rows.sort((one, other) => one.name.localeCompare(other.name));
}

function readRows(trials: readonly Trial[], file: string): Row[] {
  const recorded = new Map<string, Partial<RecordedVerdict>>(
    readRecording(file).flatMap((one) => (one.redis === 'embedded' ? [[one.key, one]] : [])),
  );
  return trials.flatMap((trial) => {
    const { class: kind, message, next, ...seen } = recorded.get(recordKey(trial)) ?? {};
    // What passed has no message.
    if (kind === undefined || message === undefined || next === undefined) return [];
    return [{ trial, name: nameOf(trial), told: { class: kind, message, next, ...seen } }];
  });
}

function nameOf({ lesson, kind, path: where }: Trial): string {
  return `${folderName(lesson)}/${kind}/${path.basename(where)}`;
}

/** What was read for a score; another one of these is another thing to score. */
function hashOf({ told }: Row): string {
  const read = [told.class, told.message, told.next, told.line ?? ''].join('\0');
  return createHash('sha256').update(read).digest('hex').slice(0, 12);
}

function scoreFile({ lesson }: Trial): string {
  return path.join(lesson.folder, 'cases', 'scores.yml');
}

/** By file: each row asks for its own, and a lesson has some thirty. */
const known = new Map<string, Scores>();

function readScores(file: string): Scores {
  const kept =
    known.get(file) ??
    (existsSync(file) ? v.parse(scores, parse(readFileSync(file, 'utf8')) ?? {}) : {});
  known.set(file, kept);
  return kept;
}

function scoreOf(row: Row): Score | undefined {
  const kept = readScores(scoreFile(row.trial))[shortName(row)];
  return kept?.of === hashOf(row) ? kept.score : undefined;
}

function keep(row: Row, given: Score): void {
  const file = scoreFile(row.trial);
  const kept = { ...readScores(file), [shortName(row)]: { score: given, of: hashOf(row) } };
  const sorted = Object.fromEntries(Object.entries(kept).sort(([a], [b]) => a.localeCompare(b)));
  const lines = Object.entries(sorted).map(
    ([name, one]) => `${name}: { score: ${one.score}, of: "${one.of}" }\n`,
  );
  known.set(file, sorted);
  writeFileSync(file, lines.join(''));
}

function shortName({ name }: Row): string {
  return name.split('/').slice(-2).join('/');
}

function unscored(rows: readonly Row[]): Row[] {
  return rows.filter((row) => scoreOf(row) === undefined);
}

/** Everything that a learner sees, beside the file with the line marked. */
function page(row: Row): string {
  const { told } = row;
  const lines = textOf(row.trial).split('\n');
  const source = row.trial.file.endsWith('.rdb')
    ? ['(not text)']
    : lines.map(
        (text, at) => `${told.line === at + 1 ? '▸' : ' '}${String(at + 1).padStart(4)}  ${text}`,
      );
  return [
    `━━ ${row.name}`,
    ...source,
    `${told.class}: ${told.message}`,
    `→ ${told.next}`,
    ...(told.expected === undefined
      ? []
      : ['- expected', ...told.expected.split('\n').slice(0, 12)]),
    ...(told.seen === undefined ? [] : ['+ seen', ...told.seen.split('\n').slice(0, 12)]),
  ].join('\n');
}

async function ask(rows: readonly Row[]): Promise<void> {
  if (!process.stdin.isTTY) throw new Error('--ask needs a terminal; --show and --set need none');
  const reader = createInterface({ input: process.stdin });
  emitKeypressEvents(process.stdin);
  process.stdin.setRawMode(true);
  try {
    for (const [index, row] of rows.entries()) {
      console.log(`\n${page(row)}\n\n${index + 1} of ${rows.length}   2 1 0   s later   q quit`);
      const key = await pressed();
      if (key === 'q') return;
      const given = v.safeParse(score, Number(key));
      if (given.success) keep(row, given.output);
    }
  } finally {
    process.stdin.setRawMode(false);
    reader.close();
  }
}

function pressed(): Promise<string> {
  return new Promise((resolve) => {
    const listen = (text: string | undefined, key: { name?: string; ctrl?: boolean }) => {
      const name = key.ctrl && key.name === 'c' ? 'q' : (text ?? '');
      if (!['0', '1', '2', 's', 'q'].includes(name)) return;
      process.stdin.off('keypress', listen);
      resolve(name);
    };
    process.stdin.on('keypress', listen);
  });
}

function take(rows: readonly Row[], text: string): void {
  const byName = new Map(rows.map((row) => [row.name, row]));
  for (const line of text.split('\n')) {
    const [, name = '', digit] = /^(\S+)\s+([012])\b/.exec(line) ?? [];
    const row = byName.get(name);
    if (row) keep(row, v.parse(score, Number(digit)));
    else if (line.trim() !== '') console.log(`not taken: ${line}`);
  }
}

function report(rows: readonly Row[]): void {
  const of = (wanted: Score | undefined) => rows.filter((row) => scoreOf(row) === wanted);
  const [two, one, none, open] = [of(2), of(1), of(0), of(undefined)];
  const share = rows.length === 0 ? 0 : (100 * two.length) / rows.length;
  for (const row of none) console.log(`0  ${row.name}: ${row.told.message}`);
  console.log(
    `${rows.length} wrong cases: ${two.length} name the mistake (${share.toFixed(1)} %), ${one.length} a symptom, ${none.length} mislead, ${open.length} not scored`,
  );
  process.exitCode = none.length > 0 || open.length > 0 || share < 95 ? 1 : 0;
}

main();
