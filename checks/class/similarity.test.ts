import fs from 'node:fs';
import path from 'node:path';
import * as assert from 'uvu/assert';
import {
  type CodeFile,
  type LearnerCode,
  learnerCode,
  lentCode,
} from '../../runner/class/similarity/code-file';
import { type Comparison, similarPairs } from '../../runner/class/similarity/similar-pairs';
import { layOutClass } from '../support/class/generated-class';
import { StoredClass } from '../support/class/stored-class';
import { unwrapped, workbook } from '../support/command-line';
import { withFolder } from '../support/course-folder';
import { courses } from '../support/courses';
import { suite } from '../support/suite';

/* Who has the same code: what is found however it is disguised, and what is nobody's own. */

const test = suite('similarity');

const lessons = courses.flatMap((course) => course.lessons);

const original = `import { createClient } from 'redis';

const client = createClient();
client.on('error', (error) => console.log('Redis client not connected to the server:', error));

function tally(rows, wanted) {
  let total = 0;
  for (const row of rows) {
    if (row.kind === wanted && row.size > 3) total += row.size * 2;
    else if (row.kind === 'none') return -1;
  }
  return total;
}

async function report(names) {
  const lines = [];
  while (names.length > 0) {
    const name = names.shift();
    const size = await client.hGet('sizes', name);
    lines.push(\`\${name}: \${Number(size) % 7}\`);
  }
  return lines.join('\\n').toUpperCase();
}

switch (process.argv[2]) {
  case 'report':
    report(['a', 'b']).then((text) => process.stdout.write(text));
    break;
  default:
    console.log(tally([{ kind: 'x', size: 4 }], 'x') ?? 'nothing');
}
`;

const [head = '', tally = '', report = '', last = ''] = original.split(
  /\n(?=function|async|switch)/,
);

const renamed = original
  .replaceAll(/\b(client|tally|rows|row|wanted|total|report|names|lines|name)\b/g, '$1Of2')
  .replaceAll("'sizes'", "'lengths'");

const disguises: Record<string, string> = {
  'with other names and values': renamed,
  'with its functions in another order': [head, report, tally, last].join('\n'),
  'with other comments and blanks': original
    .replaceAll('\n', ' // why\n\n    ')
    .replace(' /', ' /* x */ /'),
  'with types': original
    .replace('rows, wanted', 'rows: readonly Row[], wanted: string')
    .replace('function report(names)', 'function report(names: string[]): Promise<string>')
    .replace('function tally', 'interface Row { kind: string; size: number }\nfunction tally'),
};

test.rows(
  Object.keys(disguises),
  (name) => `a copy ${name} is found`,
  (name) => {
    const learners = [
      learner('Ada', { '5-one.js': original }),
      learner('Bob', { '5-one.ts': disguises[name] ?? '' }),
      learner('Cy', { '5-one.js': other }),
    ];
    const { pairs, all } = similarPairs(learners, [], 10);
    assert.equal(
      pairs[0]?.learners.map(({ learner }) => learner.name),
      ['Ada', 'Bob'],
    );
    assert.ok((pairs[0]?.share ?? 0) > 0.7, `${pairs[0]?.share}`);
    assert.ok(all === 1 || (pairs[1]?.share ?? 0) < 0.2);
  },
);

const other = `const queue = [];
export class Store {
  #kept = new Map();
  get(key) { try { return this.#kept.get(key); } finally { queue.unshift(key); } }
  set(key, ...values) { this.#kept.set(key, values.map((one) => ({ one, at: Date.now() }))); }
}
export default new Store();
`;

test('files count together, in whatever order and under whatever names', () => {
  const one = learner('Ada', {
    '5-one.js': [head, tally].join('\n'),
    '6-two.js': [report, last].join('\n'),
  });
  const two = learner('Bob', {
    'a.js': [report, last].join('\n'),
    'z/9-b.js': [head, tally].join('\n'),
  });
  const { pairs } = similarPairs([one, two], [], 10);
  assert.is(pairs[0]?.share, 1);
  assert.equal(
    pairs[0]?.files.map(({ left, right }) => `${left.file.name} ${right.file.name}`).sort(),
    ['5-one.js z/9-b.js', '6-two.js a.js'],
  );
});

test('the lines that stand in both are marked', () => {
  const one = learner('Ada', { 'a.js': `${other}\n${tally}` });
  const two = learner('Bob', { 'a.js': tally });
  const [pair] = similarPairs([one, two], [], 10).pairs;
  const [{ left, right } = none] = pair?.files ?? [];
  const first = other.split('\n').length + 1;
  assert.ok([...left.lines].every((line) => line >= first - 1));
  assert.ok(left.lines.has(first + 2), [...left.lines].join());
  assert.ok(right.lines.has(3));
});

test('a starter and a worked version give nothing, even if half the class has typed it', () => {
  const lent = lentCode(courses);
  assert.ok(lent.length > 30);
  assert.equal(namesOf(similarPairs([learner('Ada', lent), learner('Bob', lent)], lent, 10)), []);
  const typed = lent.map(({ name, text }) => ({ name, text: `// mine\n${text}` }));
  const class_ = numbered(20, (at) => (at % 2 === 0 ? typed : { '5-one.js': unlike(at) }));
  assert.equal(namesOf(similarPairs(class_, lent, 10)), []);
});

test('what most of those have who did a lesson is nobody’s own; what a few share is seen', () => {
  // Twelve did the lesson, of a class of forty.
  const class_ = numbered(40, (at) => ({
    ...(at < 12 ? { '9-late.js': original } : { '1-early.js': unlike(at) }),
    ...(at === 20 || at === 21 ? { '1-early.js': other } : {}),
  }));
  assert.equal(namesOf(similarPairs(class_, [], 10)), ['L20 L21']);
  const few = numbered(4, () => ({ '9-late.js': original }));
  assert.is(similarPairs(few, [], 10).all, 6);
});

test('a file that cannot be parsed is compared word by word, and is told of', () => {
  const broken = `${original}\nfunction ( {{{\n`;
  const learners = [
    learner('Ada', { '5-one.js': original }),
    learner('Bob', { '5-one.js': broken.replaceAll('total', 'sum') }),
    learner('Cy', { '5-one.js': other }),
    learner('Di', { '5-one.js': `${'['.repeat(100_000)}` }),
  ];
  const { pairs, unparsed } = similarPairs(learners, [], 10);
  assert.equal(
    pairs[0]?.learners.map(({ learner }) => learner.name),
    ['Ada', 'Bob'],
  );
  assert.ok((pairs[0]?.share ?? 0) > 0.8, `${pairs[0]?.share}`);
  assert.equal(
    unparsed.map(({ code }) => code.learner.name),
    ['Bob', 'Di'],
  );
});

test('a folder that is gone, or was not taken, has no code', () =>
  withFolder(async (folder) => {
    fs.writeFileSync(path.join(folder, '1-key.js'), original);
    fs.writeFileSync(path.join(folder, 'large.js'), ' '.repeat(300_000));
    const there = { name: 'Ada', folder, leftOut: [] };
    assert.equal(learnerCode(lessons, there)?.files, [{ name: '1-key.js', text: original }]);
    assert.is(learnerCode(lessons, { ...there, folder: path.join(folder, 'none') }), undefined);
    const refusal = { message: 'No.', next: 'Mend it.' };
    assert.is(learnerCode(lessons, { ...there, refusal }), undefined);
  }));

test('class results --similar: pairs with their files, and a sentence if the folders are gone', () =>
  withFolder(async (folder) => {
    const stored = new StoredClass(path.join(folder, 'results'));
    for (const [name, text] of [
      ['Ada <b>', original],
      ['Bob', renamed],
      ['Cy', other],
    ] as const) {
      const own = path.join(folder, name);
      fs.mkdirSync(own);
      fs.writeFileSync(path.join(own, '1-redis_op.js'), text);
      stored.add({ name, folder: own }, []);
    }
    stored.add({ name: 'Di', folder: path.join(folder, 'gone') }, []);
    stored.store();
    const words = ['class', 'results', path.join(folder, 'results'), '--similar'];
    const { code, stdout, stderr } = await workbook(words);
    assert.is(code, 0, stderr);
    assert.match(stdout, /Ada <b> and Bob\n +100 % of their code, 100 % of what is theirs alone/);
    assert.match(stdout, /1-redis_op\.js \d\d lines/);
    assert.match(unwrapped(stdout), /Not compared, as the folder is gone or was not taken: Di\./);
    assert.not.match(stdout, /Cy/);
    const html = await workbook([...words, '--html']);
    assert.is(html.code, 0, html.stderr);
    const page = fs.readFileSync(path.join(folder, 'results', 'class.html'), 'utf8');
    assert.match(page, '<a href="similar/1.html">Ada &lt;b&gt; and Bob</a>');
    const pair = path.join(folder, 'results', 'similar', '1.html');
    assert.match(fs.readFileSync(pair, 'utf8'), '<mark class="line same">');
    assert.is(fs.statSync(pair).mode & 0o077, 0);
    assert.is((await workbook([...words, '--json'])).code, 2);
    for (const name of ['Ada <b>', 'Bob', 'Cy'])
      fs.rmSync(path.join(folder, name), { recursive: true });
    const gone = await workbook(words);
    assert.is(gone.code, 3);
    assert.match(unwrapped(gone.stderr), /None of the folders that were graded is there any more/);
  }));

test(
  'of two hundred learners those with one and the same code come first',
  () =>
    withFolder(async (folder) => {
      layOutClass(folder, 200, { seed: 5, lessons: 6 });
      const learners = fs
        .readdirSync(folder)
        .map((name) => ({ name, folder: path.join(folder, name), leftOut: [] }))
        .flatMap((one) => learnerCode(lessons, one) ?? []);
      const [from] = learners;
      const disguised = from?.files.map(({ name, text }) => ({
        name,
        text: `/* mine */\n${text.replaceAll(/\b(client|queue|job|error|stock)\b(?!['"\s]*:)/g, '$1Own')}`,
      }));
      const copy = learner('Copy', disguised ?? []);
      const begun = process.cpuUsage();
      const { pairs, all } = similarPairs([...learners, copy], lentCode(courses), Infinity);
      const seconds = process.cpuUsage(begun).user / 1e6;
      console.log(
        `  200 learners, 6 lessons each: ${all} pairs, ${seconds.toFixed(1)} processor seconds`,
      );
      const shares = pairs.map(({ share }) => share);
      assert.equal(
        shares,
        [...shares].sort((a, b) => b - a),
      );
      const found = pairs.find(({ learners: [, right] }) => right === copy);
      assert.is(found?.learners[0], from);
      assert.ok((found?.ownShare ?? 0) > 0.8, `${found?.ownShare}`);
    }),
  { limit: 180_000 },
);

test.run();

const none = { left: { lines: new Set<number>() }, right: { lines: new Set<number>() } };

function learner(
  name: string,
  files: Readonly<Record<string, string>> | readonly CodeFile[],
): LearnerCode {
  return {
    learner: { name, folder: `/class/${name}`, leftOut: [] },
    files: Array.isArray(files)
      ? files
      : Object.entries(files).map(([file, text]) => ({ name: file, text })),
  };
}

function numbered(
  count: number,
  files: (at: number) => Readonly<Record<string, string>> | readonly CodeFile[],
): LearnerCode[] {
  return Array.from({ length: count }, (_, at) => learner(`L${at}`, files(at)));
}

/** A program that is like that of no other number. */
function unlike(number: number): string {
  const bits = number.toString(2).padStart(8, '0');
  return Array.from(bits, (bit, at) =>
    bit === '0' ? `f(${at}) || g.a${number}();` : `if (h[${at}] < x.b${number}(7)) k += ${at};`,
  ).join('\n');
}

function namesOf({ pairs }: Comparison): string[] {
  return pairs.map(({ learners }) => learners.map(({ learner }) => learner.name).join(' '));
}
