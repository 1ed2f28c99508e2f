import assert from 'node:assert/strict';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import type {
  Comparison,
  Hint,
  LessonFile,
  Match,
  OpenedLesson,
  PageEvent,
  Saved,
  State,
  WireRun,
} from '../../runner/page/protocol';
import { workbook } from '../support/command-line';
import { OpenedPage } from '../support/opened-page';
import { suite } from '../support/suite';

/* What the page is told of lessons, files, checks and progress, by real requests. */

const test = suite('page: lessons');
let page: OpenedPage;
test.before(async () => {
  page = await OpenedPage.open();
});
test.after(() => page.close());

test('the list has each lesson with its state in the menu’s words', async () => {
  const { courses, readOnly, folder } = await get<State>('/state');
  assert.deepEqual(
    courses.map(({ id, progress }) => [id, progress]),
    [['small', '0 of 3 passed']],
  );
  assert.deepEqual(
    courses[0]?.lessons.map(({ number, id, state, mark }) => [number, id, state, mark]),
    [
      [0, 'greeting', 'not started', '·'],
      [1, 'key', 'not started', '·'],
      [2, 'pair', 'not started', '·'],
    ],
  );
  assert.equal(readOnly, false);
  assert.equal(folder, page.home);
});

test('a lesson comes with its text as a tree and its files as they lie there', async () => {
  const lesson = await open('greeting');
  assert.deepEqual(lesson.text[0], {
    kind: 'paragraph',
    children: [
      { kind: 'text', text: 'Print ' },
      { kind: 'strong', children: [{ kind: 'text', text: 'two' }] },
      { kind: 'text', text: ' lines.' },
    ],
  });
  const [file] = lesson.files;
  assert.equal(file?.text, page.read('0-greeting.ts'));
  assert.equal(file?.label, '0-greeting.ts');
});

test('a save lands in the file, is checked, and its verdict is told with the line', async () => {
  const heard = await listening();
  const version = (await open('greeting')).files[0]?.version ?? '';
  const saved = await save('greeting', '0-greeting', "console.log('helo');\n", version);
  assert.equal(saved.status, 200);
  assert.equal(page.read('0-greeting.ts'), "console.log('helo');\n");
  assert.equal((await heard.until('file')).file.text, "console.log('helo');\n");
  const failed = await heard.until('verdict');
  assert.equal(failed.verdict.outcome, 'failed');
  const [part] = failed.verdict.parts;
  assert.equal(part?.finding?.name, 'wrong output');
  assert.equal(part?.finding?.expected, 'hello\nworld');
  assert.equal(part?.finding?.seen, 'helo');
  assert.equal(await stateOf('greeting'), 'failed');
  const fixed = "console.log('hello');\nconsole.log('world');\n";
  page.write('0-greeting.ts', fixed);
  const told = await heard.until('file');
  assert.equal(told.file.text, fixed);
  assert.equal((await heard.until('verdict')).verdict.outcome, 'passed');
  assert.equal(await stateOf('greeting'), 'passed');
  heard.stop();
  const { stdout } = await terminal('list');
  assert.match(stdout, /1 of 3 passed/);
});

test('what passes on the wire comes while the check runs, and whole afterwards', async () => {
  const heard = await listening();
  page.write(
    '1-key.ts',
    "import redis from 'redis';\nconst client = redis.createClient();\nclient.set('a', '1', () => { console.log('set'); client.quit(); });\n",
  );
  const first = await heard.until('wire');
  assert.equal(first.file, '1-key.ts');
  assert.equal(first.events[0]?.id, 0);
  assert.equal((await heard.until('verdict')).verdict.outcome, 'passed');
  heard.stop();
  const { check, parts } = await get<WireRun>('/lessons/small/key/wire');
  const [part] = parts;
  const events = part?.events ?? [];
  assert.equal(check, first.check);
  assert.deepEqual(
    events.map(({ id }) => id),
    events.map((_, at) => at),
  );
  const set = events.find(({ kind, words }) => kind === 'command' && words?.[0] === 'SET');
  assert.equal(set?.text, 'SET a 1');
  assert.equal(events.find(({ of }) => of === set?.id)?.text, 'OK');
  assert.ok(events.some(({ kind, text }) => kind === 'output' && text === 'set'));
});

test('a lesson passed in the terminal is passed in the page at once', async () => {
  const heard = await listening();
  page.write('2-one.ts', "console.log('one');\n");
  page.write('2-two.ts', "console.log('two');\n");
  await terminal('check', '2');
  while ((await heard.until('state')).state.courses[0]?.progress !== '3 of 3 passed');
  heard.stop();
});

test('a save made from an older text writes nothing, and says what is there', async () => {
  const before = (await open('key')).files[0];
  page.write('1-key.ts', '// written by another program\n');
  const met = await save('key', '1-key', '// typed here\n', before?.version ?? '');
  assert.equal(met.status, 409);
  assert.equal(met.saved, false);
  assert.equal(met.file.text, '// written by another program\n');
  assert.equal(page.read('1-key.ts'), '// written by another program\n');
  const body = { text: '// typed here\n', base: met.file.version, other: met.file.text };
  const answer = await page.own('/api/lessons/small/key/files/1-key', 'PUT', body);
  const { kept = '' } = JSON.parse(answer.body) as Saved;
  assert.equal(page.read('1-key.ts'), '// typed here\n');
  assert.equal(page.read(kept), '// written by another program\n');
});

test('a file keeps its ending, its line ends, its mode and its link', async () => {
  const place = path.join(page.home, 'elsewhere');
  mkdirSync(place);
  writeFileSync(path.join(place, 'mine.js'), "'mine'\r\n", { mode: 0o640 });
  rmSync(path.join(page.home, '0-greeting.ts'));
  symlinkSync(path.join(place, 'mine.js'), path.join(page.home, '0-greeting.js'));
  const [file] = (await open('greeting')).files;
  assert.equal(file?.label, '0-greeting.js');
  assert.equal(file?.text, "'mine'\r\n");
  const saved = await save('greeting', '0-greeting', "'changed'\r\n", file?.version ?? '');
  assert.equal(saved.status, 200);
  assert.equal(page.read('elsewhere/mine.js'), "'changed'\r\n");
  assert.deepEqual(readdirSync(place), ['mine.js']);
});

test('a file that cannot be written says so, and what is there stays', async () => {
  if (process.getuid?.() === 0) return;
  const [file] = (await open('key')).files;
  chmodSync(path.join(page.home, '1-key.ts'), 0o400);
  const answer = await page.own('/api/lessons/small/key/files/1-key', 'PUT', {
    text: 'x',
    base: file?.version,
  });
  assert.equal(answer.status, 500);
  assert.match(answer.body, /cannot be written \(EACCES\)/);
});

test('hints come one after another, as in the terminal', async () => {
  const first = await post<Hint>('/lessons/small/greeting/hint');
  assert.deepEqual([first.place, first.of], [1, 2]);
  const { stdout } = await terminal('hint', '0');
  assert.match(stdout, /hint 2 of 2/);
});

test('the worked version is shown after a pass, or when it is said to be meant', async () => {
  const other = await OpenedPage.open();
  try {
    const place = '/api/lessons/small/greeting/comparison';
    const refused = await other.own(place, 'POST', { confirmed: false });
    assert.equal(refused.status, 400);
    assert.match(refused.body, /You have not passed yet/);
    const shown = await other.own(place, 'POST', { confirmed: true });
    const [one] = JSON.parse(shown.body) as Comparison[];
    assert.equal(one?.other, "console.log('hello');\nconsole.log('world');\n");
    assert.equal(one?.mine, undefined);
  } finally {
    await other.close();
  }
  const [further] = await post<Comparison[]>('/lessons/small/pair/comparison', {
    confirmed: false,
    further: true,
  });
  assert.equal(further?.title, 'going further');
});

test('words are found in titles first, then in texts', async () => {
  const found = await get<Match[]>('/search?words=two');
  assert.deepEqual(
    found.map(({ id, excerpt }) => [id, excerpt]),
    [
      ['pair', undefined],
      ['greeting', 'Say hello Print two lines. - hello - world'],
    ],
  );
  assert.deepEqual(await get<Match[]>('/search?words=nowhere'), []);
});

test('a folder of somebody else is read, and nothing is written there', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
  writeFileSync(path.join(folder, '0-greeting.ts'), "console.log('hello');\n");
  const other = await OpenedPage.open({ words: ['--dir', folder] });
  try {
    const { body } = await other.own('/api/state');
    assert.equal((JSON.parse(body) as State).readOnly, true);
    const place = '/api/lessons/small/greeting';
    const file = (JSON.parse((await other.own(place)).body) as OpenedLesson).files[0];
    const saved = { text: 'x', base: file?.version };
    assert.equal((await other.own(`${place}/files/0-greeting`, 'PUT', saved)).status, 400);
    assert.equal((await other.own(`${place}/hint`, 'POST', {})).status, 400);
    assert.equal((await other.own(`${place}/check`, 'POST', {})).status, 202);
    assert.deepEqual(readdirSync(folder), ['0-greeting.ts']);
  } finally {
    await other.close();
    rmSync(folder, { recursive: true });
  }
});

test.run();

async function get<Answer>(place: string): Promise<Answer> {
  const { status, body } = await page.own(`/api${place}`);
  assert.equal(status, 200, body);
  return JSON.parse(body) as Answer;
}

async function post<Answer>(place: string, body = {}): Promise<Answer> {
  const answer = await page.own(`/api${place}`, 'POST', body);
  assert.equal(answer.status, 200, answer.body);
  return JSON.parse(answer.body) as Answer;
}

function open(id: string): Promise<OpenedLesson> {
  return get<OpenedLesson>(`/lessons/small/${id}`);
}

async function save(
  id: string,
  name: string,
  text: string,
  base: string,
): Promise<{ status: number; saved: boolean; file: LessonFile }> {
  const place = `/api/lessons/small/${id}/files/${name}`;
  const { status, body } = await page.own(place, 'PUT', { text, base });
  return { status, ...(JSON.parse(body) as Saved) };
}

async function stateOf(id: string): Promise<string | undefined> {
  const { courses } = await get<State>('/state');
  return courses[0]?.lessons.find((one) => one.id === id)?.state;
}

function terminal(...words: string[]) {
  return workbook([...words], { env: { WORKBOOK_HOME: page.home } });
}

interface Heard {
  /** The next event of a kind that was not taken yet. */
  until<Kind extends PageEvent['kind']>(kind: Kind): Promise<Extract<PageEvent, { kind: Kind }>>;
  stop(): void;
}

/** Listens as an open page does. */
function listening(): Promise<Heard> {
  const events: PageEvent[] = [];
  let wake = () => {};
  return new Promise((resolve, reject) => {
    const request = http.get(
      `${page.origin}/api/events`,
      { headers: { Cookie: page.cookie }, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('error', () => {});
        response.on('data', (piece: string) => {
          text += piece;
          const blocks = text.split('\n\n');
          text = blocks.pop() ?? '';
          for (const block of blocks) {
            const [, data] = /^data: (.*)$/m.exec(block) ?? [];
            if (data !== undefined) events.push(JSON.parse(data) as PageEvent);
          }
          wake();
        });
        resolve({ until, stop: () => request.destroy() });
      },
    );
    request.on('error', reject);
    const until: Heard['until'] = async (kind) => {
      for (;;) {
        const at = events.findIndex((one) => one.kind === kind);
        const [event] = at < 0 ? [] : events.splice(at, 1);
        if (event) return event as Extract<PageEvent, { kind: typeof kind }>;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    };
  });
}
