import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import { classPage } from '../../runner/class/page/class-page';
import { pairFolder, pairPages } from '../../runner/class/page/pair-page';
import { classTable } from '../../runner/class/results/class-table';
import type { ClassComparison } from '../../runner/class/similarity/class-comparison';
import { similarPairs } from '../../runner/class/similarity/similar-pairs';
import { BrowserPage } from '../support/browser';
import { largeClass } from '../support/class/large-class';
import { StoredClass } from '../support/class/stored-class';
import { hostile } from '../support/graded-lesson';
import { suite } from '../support/suite';

/* The page of a class in a real Chromium: sorted, searched, filtered, a cell opened. */

const test = suite('class page', { needs: ['chromium'] });
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let browser: BrowserPage;

test.before(async () => {
  const stored = new StoredClass(folder);
  stored.add({ name: 'Bob' }, ['Wrong greeting.', 'Not logged.', 'Not logged.']);
  stored.add({ name: 'Ada' }, []);
  stored.add({ name: 'Cy' }, [undefined, undefined, 'Not logged.']);
  stored.add({ name: 'Di' }, 'The worker that graded it was killed 3 times.');
  for (const name of hostile) stored.add({ name: `Z${name}` }, [name, name, name]);
  stored.store();
  const page = classPage(
    classTable(stored.record, stored.results),
    stored.record,
    comparison(stored),
  );
  fs.writeFileSync(path.join(folder, 'class.html'), page);
  browser = await BrowserPage.open();
});
test.before.each(() => browser.visit(url));
test.after(async () => {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
});

/** Bob and Ada with one program, and everybody's hostile. */
function comparison({ results, record }: StoredClass): ClassComparison {
  const learners = record.learners.slice(0, 2).map((learner) => ({
    learner,
    files: [{ name: `${hostile[0]}.js`, text: [program, ...hostile, 'x'.repeat(3000)].join('\n') }],
  }));
  const compared = { ...similarPairs(learners, [], 10), withoutCode: hostile };
  results.writeAnew(pairFolder, pairPages(compared));
  return compared;
}

const program = fs.readFileSync(path.join(__dirname, '../../runner/class/page/table.js'), 'utf8');

const focused = 'document.activeElement.title';

const url = pathToFileURL(path.join(folder, 'class.html')).href;

const visible = `[...document.querySelector('#learners').closest('table').tBodies[0].rows].filter((row) => !row.hidden).map((row) => row.cells[0].textContent)`;
const firstFour = `(${visible}).slice(0, 4).join(' ')`;

test('it asks for nothing, says nothing on the console, and what learners wrote is text', async () => {
  assert.equal([...new Set(browser.requests)], [url]);
  assert.equal(browser.words, []);
  assert.is(await browser.evaluate(`document.querySelectorAll('script').length`), 1);
  assert.is(
    await browser.evaluate(`document.querySelectorAll('tbody img, tbody script').length`),
    0,
  );
});

test('a head sorts by its column, and says so', async () => {
  assert.is(await browser.evaluate(firstFour), 'Bob Ada Cy Di');
  await press(0);
  assert.is(await browser.evaluate(firstFour), 'Ada Bob Cy Di');
  assert.is(await browser.evaluate(sortOf(0)), 'ascending');
  await press(0);
  assert.is(await browser.evaluate(sortOf(0)), 'descending');
  await press(3);
  assert.match(await browser.evaluate<string>(firstFour), /^Ada Cy /);
  assert.is(await browser.evaluate(sortOf(3)), 'descending');
  assert.is(await browser.evaluate(sortOf(0)), null);
});

test('it finds by name, and by what failed', async () => {
  await browser.evaluate(enter('#find', 'input', 'a'));
  assert.match(await browser.evaluate<string>(`(${visible}).join(' ')`), /^Ada\b/);
  await browser.evaluate(enter('#find', 'input', 'ADA'));
  assert.equal(await browser.evaluate(visible), ['Ada']);
  await browser.evaluate(enter('#find', 'input', ''));
  const option = `[...document.querySelectorAll('#failure option')].find((one) => one.textContent.includes('Not logged')).value`;
  await browser.evaluate(enter('#failure', 'change', await browser.evaluate<string>(option)));
  assert.equal(await browser.evaluate(visible), ['Bob', 'Cy']);
  const all = 4 + hostile.length;
  assert.is(
    await browser.evaluate(`document.querySelector('#shown').textContent`),
    `2 of ${all} shown`,
  );
});

test('a cell leads to the learner’s report, and a fault to none', async () => {
  const cells = `[...document.querySelector('#learners').closest('table').tBodies[0].rows].slice(0, 4).map((row) => row.cells[2].querySelector('a')?.getAttribute('href') ?? row.cells[2].textContent)`;
  const [bob = '', , , di] = await browser.evaluate<string[]>(cells);
  assert.match(bob, /^reports\/s0{40}\.html#lesson-2$/);
  assert.ok(fs.existsSync(path.join(folder, bob.split('#')[0] ?? '')));
  assert.is(di, '');
  // By its address: a click would still be on its way when the next test opens a page.
  await browser.visit(new URL(bob, url).href);
  assert.match(browser.requests.at(-1) ?? '', /reports\/s0{40}\.html/);
});

test('a cell is opened by mouse, and by keyboard', async () => {
  await browser.click('tbody tr:nth-child(2) td:nth-child(2) a');
  await browser.waitForAddress('reports/s0000000000000000000000000000000000000001.html#lesson-0');
  await browser.visit(url);
  await browser.evaluate(
    `document.querySelector('thead th:last-of-type').previousElementSibling.querySelector('button').focus()`,
  );
  await browser.press('Tab');
  assert.is(await browser.evaluate(focused), 'Lesson 0: failed. Wrong greeting.');
  // Past the fault, which leads nowhere.
  await browser.press('ArrowRight', 'ArrowDown', 'ArrowUp', 'ArrowDown', 'ArrowDown');
  assert.is(await browser.evaluate(focused), 'Lesson 2: passed in part. Not logged.');
  await browser.press('ArrowRight', 'ArrowRight');
  assert.is(await browser.evaluate(focused), 'Lesson 2: passed in part. Not logged.');
  await browser.press('Enter');
  await browser.waitForAddress('reports/s0000000000000000000000000000000000000002.html#lesson-2');
});

test('all cells are one stop of the Tab key, and one that is shown', async () => {
  const stops = `document.querySelectorAll('tbody td a:not([tabindex="-1"])').length`;
  assert.is(await browser.evaluate(stops), 1);
  await browser.evaluate(enter('#find', 'input', 'Cy'));
  assert.is(await browser.evaluate(stops), 1);
  assert.is(
    await browser.evaluate(
      `document.querySelector('tbody td a[tabindex="0"]').closest('tr').cells[0].textContent`,
    ),
    'Cy',
  );
});

const widths = [
  [1280, 'light'],
  [1280, 'dark'],
  [360, 'light'],
] as const;
test.rows(
  widths,
  ([width, scheme]) => `axe-core finds no barrier, ${scheme}, ${width} pixels wide`,
  async ([width, scheme]) => {
    await browser.look(width, scheme);
    await browser.visit(url);
    assert.equal(await browser.barriers(), []);
    await browser.evaluate(
      `for (const one of document.querySelectorAll('details')) one.open = true`,
    );
    await browser.evaluate(`document.querySelector('thead button').click()`);
    assert.equal(await browser.barriers(), []);
    assert.is(await browser.evaluate('document.documentElement.scrollWidth'), width);
    await browser.visit(new URL('similar/1.html', url).href);
    assert.equal(await browser.barriers(), []);
    assert.is(await browser.evaluate('document.documentElement.scrollWidth'), width);
  },
);

test('a pair of learners is a page away, with what stands in both marked', async () => {
  await browser.look(1280, 'light');
  await browser.click('.similar tbody a');
  await browser.waitForAddress('similar/1.html');
  assert.is(await browser.evaluate(`document.querySelector('h1').textContent`), 'Bob and Ada');
  assert.ok((await browser.evaluate<number>(`document.querySelectorAll('mark.same').length`)) > 10);
  assert.is(await browser.evaluate('document.scripts.length + document.images.length'), 0);
});

test('printed, the table fits the paper, without what is only of use on a screen', async () => {
  const page = path.join(folder, 'large.html');
  const { table, record } = largeClass(60, 23);
  fs.writeFileSync(page, classPage(table, record));
  await browser.visit(pathToFileURL(page).href);
  await browser.lookPrinted(paper);
  const measured = `['html', '.grid'].map((one) => document.querySelector(one).scrollWidth)`;
  const [whole = 0, grid = 0] = await browser.evaluate<number[]>(measured);
  assert.ok(whole <= paper && grid <= paper, `${whole} ${grid}`);
  assert.is(await browser.evaluate(`document.querySelector('.finder').offsetHeight`), 0);
  // All of the table, not what fits a window.
  assert.is(
    await browser.evaluate(`getComputedStyle(document.querySelector('.grid')).overflow`),
    'visible',
  );
  const { pages } = await browser.print();
  assert.ok(pages > 2, `${pages} pages`);
  await browser.lookOnScreen();
});

/** A4 across, less its margins: 273 mm. */
const paper = Math.floor((273 / 25.4) * 96);

test('five hundred learners by twenty-three lessons are scrolled, sorted and searched', async () => {
  const page = path.join(folder, 'large.html');
  const { table, record } = largeClass(500, 23);
  fs.writeFileSync(page, classPage(table, record));
  await browser.look(1280, 'light');
  await browser.visit(pathToFileURL(page).href);
  const frames = await browser.evaluate<number[]>(scrolled);
  const at = (part: number) => Math.round(frames[Math.floor(part * (frames.length - 1))] ?? 0);
  console.log(`  500 × 23, ms a frame: median ${at(0.5)}, 95 % ${at(0.95)}, worst ${at(1)}`);
  const sorts = `(() => { const begun = performance.now(); document.querySelectorAll('thead button')[3].click(); document.body.offsetHeight; return Math.round(performance.now() - begun); })()`;
  console.log(`  sorted in ${await browser.evaluate<number>(sorts)} ms`);
  const elements = await browser.evaluate<number>(`document.querySelectorAll('*').length`);
  // A cell is itself, its link and its sign.
  assert.ok(elements < 500 * (23 * 3 + 4) + 2000, `${elements}`);
  await browser.evaluate(enter('#find', 'input', 'liskov'));
  assert.match(
    await browser.evaluate<string>(`document.querySelector('#shown').textContent`),
    /^\d\d of 500 shown$/,
  );
});

/** Times between the frames while the table is scrolled from its top to its end, sorted. */
const scrolled = `(async () => {
  const grid = document.querySelector('.grid');
  const frame = () => new Promise(requestAnimationFrame);
  const times = [];
  let last = await frame();
  for (let at = 0; at < grid.scrollHeight - grid.clientHeight; at += 150) {
    grid.scrollTop = at;
    const now = await frame();
    times.push(now - last);
    last = now;
  }
  return times.sort((one, other) => one - other);
})()`;

test.run();

function press(column: number): Promise<unknown> {
  return browser.evaluate(
    `document.querySelectorAll('thead th')[${column}].querySelector('button').click()`,
  );
}

function sortOf(column: number): string {
  return `document.querySelectorAll('thead th')[${column}].getAttribute('aria-sort')`;
}

function enter(selector: string, event: string, value: string): string {
  return `{ const one = document.querySelector('${selector}'); one.value = ${JSON.stringify(value)}; one.dispatchEvent(new Event('${event}', { bubbles: true })); }`;
}
