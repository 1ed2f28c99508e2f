import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { untakenStep } from '../../runner/grading/explain/next-step';
import { isWritten, matching } from '../../runner/grading/source/pattern';
import { Source } from '../../runner/grading/source/requirements';
import { suite } from '../support/suite';

/* What a file has, looked for by code that is written as code; and steps that are never asked for twice. */

const test = suite('pattern');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
test.after(() => rmSync(folder, { recursive: true }));

const file = path.join(folder, 'subject.ts');
writeFileSync(
  file,
  `import redis, { print } from 'redis';
const client: any = redis.createClient();
client.on("error", (error: Error) => console.log(error.message));
async function show(name: string): Promise<void> {
  const value = await (client as any).get(name);
  if (!value) return done(new Error('none'));
  client?.set('a', \`1\`, print);
}
export default show;
`,
);
const source = new Source(file);

const patterns: [pattern: string, line: number | undefined][] = [
  ["$.on('error', $)", 3],
  ["$.on('error', $$$)", 3],
  ["$.on('connect', $$$)", undefined],
  ['await $.get($)', 5],
  ['await $.get()', undefined],
  ['await $.set($$$)', undefined],
  ["client.set('a', '1', print)", 7],
  ["client.set('a', $$$, print)", 7],
  ["client.set('a', $$$, 'b')", undefined],
  ['return done($)', 6],
  ['!value', 6],
  ['-value', undefined],
  ['export default $', 9],
  ['new Error($)', 6],
  ['redis.createClient()', 2],
  ['redis.createClient($)', undefined],
];

test.rows(
  patterns,
  ([pattern]) => pattern,
  ([pattern, line]) => {
    const [first] = matching(source, pattern);
    assert.equal(first && source.lineOf(first), line);
  },
);

test('a step that is taken is not told: the next one is', () => {
  const next = {
    says: 'Listen for “error”.',
    unless: ["$.once('error', $)", "$.on('error', $)"],
    otherwise: { says: 'Print it.', unless: '$.print()', otherwise: 'Ask for more.' },
  };
  assert.equal(untakenStep(source, next), 'Print it.');
  assert.equal(untakenStep(source, { ...next, otherwise: 'Ask.' }), 'Ask.');
  assert.equal(untakenStep(undefined, next), 'Listen for “error”.');
});

test('a pattern without code is refused', () => {
  assert.throws(() => isWritten(source, '// none'), /holds no code/);
});

test.run();
