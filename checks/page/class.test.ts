import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { classPage } from '../../runner/class/page/class-page';
import { classTable } from '../../runner/class/results/class-table';
import type { State } from '../../runner/page/protocol';
import { StoredClass } from '../support/class/stored-class';
import { storedReport } from '../support/class/stored-report';
import { start } from '../support/command-line';
import { hostile } from '../support/graded-lesson';
import { OpenedPage } from '../support/opened-page';
import { suite } from '../support/suite';

/* A teacher's class under the roof of the page, by real requests. */

const test = suite('page: a class');
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
const stored = new StoredClass(folder);
let page: OpenedPage;

test.before(async () => {
  stored.add({ name: 'Bob' }, ['Wrong greeting.']);
  stored.add({ name: 'Di' }, 'The worker that graded it was killed 3 times.');
  stored.store();
  writeFileSync(path.join(folder, 'reports', `${bob}.html`), storedReport(hostile.join('\n')));
  page = await OpenedPage.open({ words: ['--class', folder], env: { TZ: process.env.TZ } });
});
test.after(async () => {
  await page.close();
  rmSync(folder, { recursive: true });
});

const bob = `s${'0'.repeat(40)}`;
const report = `/class/reports/${bob}.html`;

test('the page knows that there is a class', async () => {
  assert.equal((JSON.parse((await page.own('/api/state')).body) as State).hasClass, true);
});

test('it is the page that “class results --html” makes, but for where style and script lie', async () => {
  const { status, headers, body } = await page.own('/class/');
  assert.equal(status, 200);
  assert.match(String(headers['content-type']), /^text\/html/);
  const written = classPage(classTable(stored.record, stored.results), stored.record);
  assert.equal(mainOf(body), mainOf(written));
  assert.match(mainOf(body), new RegExp(`href="reports/${bob}\\.html#lesson-0"`));
});

test('it is made from what is stored when it is asked for', async () => {
  stored.add({ name: 'Cy' }, []);
  stored.store();
  const { body } = await page.own('/class/');
  assert.match(body, /<h1>3 learners<\/h1>/);
  assert.match(body, /Cy/);
});

test('nothing is inline, and the linked files are there', async () => {
  for (const place of ['/class/', report]) {
    const { body, headers } = await page.own(place);
    assert.doesNotMatch(body, /<script>|<style|style=|http-equiv/, place);
    assert.match(
      String(headers['content-security-policy']),
      /script-src 'self'; style-src 'self';/,
    );
    for (const [, linked = ''] of body.matchAll(/(?:src|stylesheet" href)="([^"]+)"/g)) {
      const file = await page.own(new URL(linked, `${page.origin}${place}`).pathname);
      assert.equal(file.status, 200, linked);
      assert.match(String(file.headers['content-type']), /text\/(css|javascript)/);
      assert.ok(file.body.length > 1000, linked);
    }
  }
});

test('a report is the stored one, and what a learner’s program printed is text in it', async () => {
  const { status, body } = await page.own(report);
  assert.equal(status, 200);
  assert.equal(mainOf(body), mainOf(storedReport(hostile.join('\n'))));
  assert.doesNotMatch(mainOf(body), /<img|<script|<svg onload/);
});

test('the door is the same: no token, another name, another page', async () => {
  const Host = `127.0.0.1:${page.port}`;
  for (const place of ['/class/', '/class/class.js', '/class/class.css', report]) {
    const without = await page.ask(place, { headers: { Host } });
    assert.equal(without.status, 401, place);
    assert.doesNotMatch(without.body, /Bob|Wrong greeting/);
    const headers = { Host: 'evil.example', Cookie: page.cookie };
    assert.equal((await page.ask(place, { headers })).status, 421, place);
    const other = { Host, Cookie: page.cookie, Origin: 'http://evil.example' };
    assert.equal((await page.ask(place, { headers: other })).status, 403, place);
    const linked = { Host, Cookie: page.cookie, 'Sec-Fetch-Site': 'cross-site' };
    assert.equal((await page.ask(place, { headers: linked })).status, 403, place);
  }
});

test('no other file is given, whatever a name says', async () => {
  const names = ['none.html', `${bob}.json`, bob, `../results/${bob}.json`, '../class.json'];
  const encoded = [`..%2fresults%2f${bob}.json`, '%2e%2e%2fclass.json', '..%5cclass.json'];
  for (const name of [
    ...names,
    ...encoded,
    '__proto__.html',
    '.html',
    '%00.html',
    `${bob}.html/`,
  ]) {
    const { status, body } = await page.own(`/class/reports/${name}`);
    assert.equal(status, 404, name);
    assert.doesNotMatch(body, /schema/);
  }
  for (const place of [
    '/class',
    '/class/reports/',
    '/class/class.json',
    '/class/../package.json',
  ]) {
    assert.equal((await page.own(place)).status, 404, place);
  }
});

test('a report that is missing, or that the workbook did not write, is not given', async () => {
  const cy = `s${'0'.repeat(39)}2`;
  assert.equal((await page.own(`/class/reports/${cy}.html`)).status, 404);
  rmSync(path.join(folder, 'reports', `${cy}.html`));
  assert.equal((await page.own(`/class/reports/${cy}.html`)).status, 404);
});

test('results that cannot be read are told of in a sentence', async () => {
  writeFileSync(path.join(folder, 'results', `${bob}.json`), '{');
  const { status, body } = await page.own('/class/');
  assert.equal(status, 500);
  assert.match(body, /is not what the workbook wrote\.\nRemove it, and grade the class again/);
});

test('a folder without results is refused at the start', () => {
  const empty = path.join(folder, 'faults');
  const words = ['open', '--no-browser', '--offline', '--class', empty];
  const { status, stderr } = spawnSync(process.execPath, [start, ...words], {
    encoding: 'utf8',
    env: { ...process.env, WORKBOOK_HOME: path.join(folder, 'home') },
  });
  assert.equal(status, 3);
  assert.match(stderr, /There are no results of a class in/);
});

test.run();

/** What stands between head and foot. */
function mainOf(text: string): string {
  return text.slice(text.indexOf('<body'), text.indexOf('<footer>'));
}
