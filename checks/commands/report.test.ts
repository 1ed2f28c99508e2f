import assert from 'node:assert/strict';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { unwrapped, workbook } from '../support/command-line';
import { suite } from '../support/suite';
import { parseXml } from '../support/xml';

const test = suite('report');

const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let count = 0;
const newFolder = (): string => {
  const made = path.join(folder, String(count++));
  mkdirSync(made);
  return made;
};
test.after(() => rmSync(folder, { recursive: true }));

const hello = "console.log('hello');\nconsole.log('world');\n";
const does = (line: string[], home: string, cwd = home) =>
  workbook(line, { env: { WORKBOOK_HOME: home }, cwd });

test('a report of the workspace lies beside the files, and may be written again', async () => {
  const home = newFolder();
  writeFileSync(path.join(home, '0-greeting.ts'), hello);
  await does(['hint', '0'], home);
  const { code, stdout } = await does(['report', '0', '--offline'], home);
  const file = path.join(home, 'workbook-report.html');
  assert.equal(code, 0);
  assert.ok(stdout.includes(file));
  const page = readFileSync(file, 'utf8');
  assert.match(page, /1 of 1 lesson passed/);
  assert.match(page, /embedded in the workbook/);
  assert.match(page, /1 hint used/);
  assert.match(page, /console\.log/);
  assert.ok(!page.includes(folder), 'no path of this machine');
  assert.match((await does(['list'], home)).stdout, /1 of 3 passed/);
  writeFileSync(path.join(home, '0-greeting.ts'), 'console.log(1);\n');
  assert.equal((await does(['report', '0', '--offline'], home)).code, 1);
  assert.match(readFileSync(file, 'utf8'), /0 of 1 lesson passed/);
});

test('nothing is written into a folder of --dir, however it is named', async () => {
  const [home, dir] = [newFolder(), newFolder()];
  writeFileSync(path.join(dir, '0-greeting.ts'), hello);
  const link = path.join(folder, 'link');
  symlinkSync(dir, link);
  const elsewhere = newFolder();
  await does(['report', '0', '--offline', '--dir', dir], home, elsewhere);
  assert.ok(existsSync(path.join(elsewhere, 'workbook-report.html')));
  assert.equal((await does(['report', '0', '--offline', '--dir', '.'], home, dir)).code, 0);
  assert.ok(existsSync(path.join(home, 'workbook-report.html')));
  const out = ['--out', path.join(link, 'r.html')];
  const { code, stderr } = await does(['report', '0', '--dir', dir, ...out], home);
  assert.equal(code, 2);
  assert.match(unwrapped(stderr), /folder of --dir, where nothing is written/);
  assert.deepEqual(readdirSync(dir), ['0-greeting.ts']);
});

test('a file that the workbook did not write is never replaced', async () => {
  const home = newFolder();
  const file = path.join(home, '0-greeting.ts');
  writeFileSync(file, hello);
  for (const words of [
    ['report', '0', '--out', file],
    ['report', '0', '--out', path.join(home, 'no', 'r.html')],
    ['check', '--junit', '0'],
  ]) {
    const { code, stderr } = await does(words, home);
    assert.equal(code, 2, words.join(' '));
    assert.match(unwrapped(stderr), /already|There is no folder|not the name of an XML/);
  }
  assert.equal(readFileSync(file, 'utf8'), hello);
});

test('check --junit writes XML alone to the output, or into a file beside the usual words', async () => {
  const home = newFolder();
  writeFileSync(path.join(home, '0-greeting.ts'), hello);
  const alone = await does(['check', '0', '--offline', '--junit'], home);
  assert.equal(alone.code, 0);
  assert.equal(parseXml(alone.stdout.trim()).attributes.failures, '0');
  const file = path.join(home, 'verdicts.xml');
  const beside = await does(['check', '--offline', `--junit=${file}`], home);
  assert.equal(beside.code, 1);
  assert.match(beside.stdout, /1 passed/);
  const { tests, failures } = parseXml(readFileSync(file, 'utf8').trim()).attributes;
  assert.equal(tests, '4');
  assert.equal(failures, '3');
});

test.run();
