import * as assert from 'uvu/assert';
import { statementsBefore } from '../../runner/page/server/cells/before-cell';
import { runnableCell } from '../../runner/page/server/cells/runnable-cell';
import { suite } from '../support/suite';

const test = suite('what stands before a cell');

const before = `import redis from 'redis';
const client = redis.createClient();
const other = redis.createClient();
client.on('ready', () => console.log('ready'));
function shrink(photo: string) {
  return photo;
}`;

test('a piece gets what declares the names that it uses, and what these use', () => {
  assert.equal(statementsBefore(before, 'other.get("a");'), [
    "import redis from 'redis';",
    'const other = redis.createClient();',
  ]);
  assert.equal(statementsBefore(before, 'client.get("a");'), [
    "import redis from 'redis';",
    'const client = redis.createClient();',
    "client.on('ready', () => console.log('ready'));",
  ]);
});

test('it gets nothing that it declares itself, and nothing for the name of a property', () => {
  const own = "import redis from 'redis'; const client = redis.createClient(); client.get('a');";
  assert.equal(statementsBefore(before, own), []);
  assert.equal(statementsBefore(before, 'console.other({ shrink: 1 });'), []);
});

test('its lines keep their numbers', () => {
  const lines = runnableCell(before, '\nshrink("cat");').split('\n');
  assert.equal(lines, ['function shrink(photo: string) { return photo; } ', 'shrink("cat");']);
});

test('what awaits outside of a function is put into one, its imports apart', () => {
  const text = "import { a } from 'a';\n\nawait a();\nfor (const b of []) void b;";
  const lines = [
    "import { a } from 'a'; void (async () => {                       ",
    '',
    'await a();',
  ];
  assert.equal(runnableCell('', text).split('\n').slice(0, 3), lines);
  const inside = 'const f = async () => { await g(); };';
  assert.is(runnableCell('', inside), inside);
});

test('a piece that does not parse is left as it is', () => {
  assert.is(runnableCell(before, 'const = ;'), 'const = ;');
});

test.run();
