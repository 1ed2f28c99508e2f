/*
 * Runs what others built on Redis on a real one and on the embedded one, and prints how much of it
 * passed: npm run ecosystem [-- part of a file's name…]
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { figureMark } from '../redis/ecosystem/features';

interface Figure {
  name: string;
  server: 'real' | 'embedded';
  passed: number;
  total: number;
}

const folder = path.join(__dirname, '../redis/ecosystem');
const hook = path.join(__dirname, '../../runner/hook.cjs');

/** Milliseconds for one file: a feature that never ended leaves clients behind, which would run on. */
const longest = 2 * 60_000;

const parts = process.argv.slice(2);
const figures = readdirSync(folder)
  .filter((file) => file.endsWith('.slow.test.ts'))
  .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
  .flatMap((file) => figuresOf(path.join(folder, file)));

console.log('| suite | embedded | real |\n|---|---|---|');
for (const name of new Set(figures.map((figure) => figure.name))) {
  console.log(`| ${name} | ${shown(name, 'embedded')} | ${shown(name, 'real')} |`);
}

function figuresOf(file: string): Figure[] {
  const { stdout } = spawnSync(process.execPath, ['-r', hook, file], {
    encoding: 'utf8',
    timeout: longest,
    killSignal: 'SIGKILL',
  });
  const lines = stdout.split('\n').filter((line) => line.startsWith(figureMark));
  return lines.map((line) => JSON.parse(line.slice(figureMark.length)));
}

function shown(name: string, server: Figure['server']): string {
  const figure = figures.find((one) => one.name === name && one.server === server);
  return figure ? `${figure.passed} / ${figure.total}` : 'did not run';
}
