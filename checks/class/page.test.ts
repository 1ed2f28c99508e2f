import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as assert from 'uvu/assert';
import { classPage } from '../../runner/class/page/class-page';
import { classTable } from '../../runner/class/results/class-table';
import { BrowserPage } from '../support/browser';
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
  const page = classPage(classTable(stored.record, stored.results), stored.record);
  fs.writeFileSync(path.join(folder, 'class.html'), page);
  browser = await BrowserPage.open();
});
test.before.each(() => browser.visit(url));
test.after(async () => {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
});

const url = pathToFileURL(path.join(folder, 'class.html')).href;

const visible = `[...document.querySelectorAll('tbody tr')].filter((row) => !row.hidden).map((row) => row.cells[0].textContent)`;
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
  const cells = `[...document.querySelectorAll('tbody tr')].slice(0, 4).map((row) => row.cells[2].querySelector('a')?.getAttribute('href') ?? row.cells[2].textContent)`;
  const [bob = '', , , di] = await browser.evaluate<string[]>(cells);
  assert.match(bob, /^reports\/s0{40}\.html#lesson-2$/);
  assert.ok(fs.existsSync(path.join(folder, bob.split('#')[0] ?? '')));
  assert.is(di, '');
  // By its address: a click would still be on its way when the next test opens a page.
  await browser.visit(new URL(bob, url).href);
  assert.match(browser.requests.at(-1) ?? '', /reports\/s0{40}\.html/);
});

test('on a phone nothing but the table is wider than the screen', async () => {
  await browser.look(360, 'light');
  assert.is(await browser.evaluate(`document.documentElement.scrollWidth`), 360);
});

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
  return `{ const one = document.querySelector('${selector}'); one.value = ${JSON.stringify(value)}; one.dispatchEvent(new Event('${event}')); }`;
}
