import assert from 'node:assert/strict';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { BrowserPage } from '../support/browser';
import { StoredClass } from '../support/class/stored-class';
import { storedReport } from '../support/class/stored-report';
import { OpenedPage } from '../support/opened-page';
import { suite } from '../support/suite';

/* The page in a real Chromium: what a learner does in it, from the first start on. */

const test = suite('page in a browser', { needs: ['chromium'] });
let opened: OpenedPage;
let browser: BrowserPage;
let tab: Page;

test.before(async () => {
  opened = await OpenedPage.open();
  browser = await BrowserPage.open();
  tab = browser.tab;
  await tab.setViewportSize({ width: 1280, height: 900 });
});
test.after(async () => {
  await browser.close();
  await opened.close();
});

test('a first start shows the lessons and the first one, and the token is gone from the address', async () => {
  await browser.visit(opened.url);
  await heading('Say hello').waitFor();
  assert.equal(new URL(tab.url()).search, '');
  await tab.getByText('0 of 3 passed').waitFor();
  assert.match(await editor(tab).innerText(), /Print hello, then world/);
  assert.deepEqual(browser.words, []);
  for (const url of browser.requests) assert.equal(new URL(url).origin, opened.origin, url);
});

test('what is typed is saved by Ctrl-S, checked, and its fault shown with both sides', async () => {
  await type(tab, "console.log('helo');\nconsole.log('world');");
  await tab.keyboard.press('Control+s');
  const verdict = tab.getByRole('region', { name: 'Verdict' });
  await verdict.getByText('wrong output').waitFor();
  assert.match(opened.read('0-greeting.ts'), /helo/);
  assert.match(await verdict.locator('.difference').innerText(), /hello[\s\S]*helo/);
  await verdict.getByText('Next step').waitFor();
  await row('Say hello', 'failed').waitFor();
});

test('a hint is given, then the next', async () => {
  await tab.getByRole('button', { name: 'A hint' }).click();
  await tab.getByText(/^hint 1 of \d$/).waitFor();
  await tab.getByRole('button', { name: 'The next hint' }).click();
  await tab.getByText(/^hint 2 of \d$/).waitFor();
});

test('what another program saves appears in the editor, and is checked', async () => {
  opened.write('0-greeting.ts', "console.log('hello');\nconsole.log('world');\n");
  await tab.getByText('passed', { exact: true }).first().waitFor();
  assert.match(await editor(tab).innerText(), /hello/);
  await row('Say hello', 'passed').waitFor();
  await tab.getByText('1 of 3 passed').waitFor();
});

test('after a pass the worked version stands beside one’s own', async () => {
  await tab.getByRole('button', { name: 'The worked version' }).click();
  await tab.getByText('yours, and the worked version').waitFor();
  await tab.getByRole('button', { name: 'Hide it' }).click();
});

test('two versions that meet are both shown, and the one that gives way is kept', async () => {
  await type(tab, '// typed in the page');
  opened.write('0-greeting.ts', '// written by an editor\n');
  await tab.getByText('Two versions of 0-greeting.ts').waitFor();
  const both = tab.locator('.conflict');
  assert.match(await both.innerText(), /Take the right one/);
  await both.getByText('written by an editor').waitFor();
  await both.getByText('typed in the page').waitFor();
  await tab.getByRole('button', { name: 'Take the left one' }).click();
  await tab.getByText('The other version is kept as').waitFor();
  assert.match(await editor(tab).innerText(), /written by an editor/);
  const [kept = ''] = readdirSync(path.join(opened.home, '.workbook/kept'));
  assert.match(opened.read(`.workbook/kept/${kept}`), /typed in the page/);
  assert.equal(opened.read('0-greeting.ts'), '// written by an editor\n');
});

test('two tabs show the same text and the same verdict', async () => {
  const other = await browser.beside();
  await other.goto(`${opened.origin}/#/small/greeting`);
  await other.getByRole('heading', { level: 1, name: /Say hello/ }).waitFor();
  await type(other, "console.log('hello');\nconsole.log('world');");
  await other.keyboard.press('Control+s');
  await editor(tab).getByText("console.log('world')").waitFor();
  await tab.locator('.verdict.passed').waitFor();
  await other.close();
});

test('whatever a program prints is text', async () => {
  const wild = '<img src=/wild onerror=alert(1)></script><script>alert(2)</script>\u202e';
  opened.write('0-greeting.ts', `console.log(${JSON.stringify(wild)});\n`);
  await tab.locator('.verdict.failed').waitFor();
  await tab.getByText('Output', { exact: true }).click();
  await tab.locator('.voice').getByText('<img src=/wild onerror=alert(1)></script>').waitFor();
  assert.equal(await tab.locator('.verdict img, .verdict script').count(), 0);
  assert.ok(!browser.requests.some((url) => url.includes('/wild')));
  assert.match(await tab.locator('.voice').innerText(), /<U\+202E>/);
});

test('words are searched for in all lessons', async () => {
  await tab.getByLabel('Search').fill('name');
  await tab.getByRole('link', { name: '2 Two programs', exact: true }).click();
  await heading('Two programs').waitFor();
  await tab.getByLabel('Search').fill('');
});

test('a lesson of two files has a tab for each, and the arrows move between them', async () => {
  const [one, two] = [/2-one\.ts/, /2-two\.ts/].map((name) => tab.getByRole('tab', { name }));
  await one?.focus();
  await tab.keyboard.press('ArrowRight');
  assert.equal(await two?.getAttribute('aria-selected'), 'true');
  assert.match(await editor(tab).innerText(), /Print two/);
});

test('the keyboard alone leads through the page', async () => {
  await tab.goto(`${opened.origin}/#/small/key`);
  await tab.reload();
  await heading('Set a key').waitFor();
  await tab.keyboard.press('Tab');
  assert.equal(await focused(), 'To the lesson');
  await tab.keyboard.press('Enter');
  // From the lesson's beginning to its file: Escape and Tab leave the editor.
  for (let step = 0; step < 8 && (await focusedLabel()) !== '1-key.ts'; step += 1) {
    await tab.keyboard.press('Tab');
  }
  assert.equal(await focusedLabel(), '1-key.ts');
  await tab.keyboard.press('Escape');
  await tab.keyboard.press('Tab');
  assert.equal(await focused(), 'Check');
});

test('axe finds nothing to object to, wide and on a phone, light and dark, and at 200 %', async () => {
  assert.deepEqual(browser.words, []);
  const found: string[] = [];
  for (const scheme of ['light', 'dark'] as const) {
    for (const width of [1280, 640, 360]) {
      await browser.look(width, scheme);
      await tab.goto(`${opened.origin}/#/small/greeting`);
      await heading('Say hello').waitFor();
      const broad = await tab.evaluate('document.documentElement.scrollWidth > innerWidth');
      if (broad) found.push(`${scheme} ${width}: wider than the screen`);
      for (const barrier of await browser.barriers()) found.push(`${scheme} ${width}: ${barrier}`);
    }
  }
  assert.deepEqual(found, []);
  await browser.look(1280, 'light');
});

test('a runner that stops is missed; one that was started again has to be opened anew', async () => {
  const { home, port } = opened;
  await opened.stop();
  await tab.getByText('The workbook does not answer').waitFor();
  opened = await OpenedPage.open({ home, port });
  await tab.getByText('this page is of the start before').waitFor();
  await browser.visit(opened.url);
  await heading('Say hello').waitFor();
});

test('a class stands under the same roof: a link to it, its table sorts, a cell opens a report', async () => {
  const folder = path.join(opened.home, 'class');
  const stored = new StoredClass(folder);
  stored.add({ name: 'Bob' }, ['Wrong greeting.']);
  stored.add({ name: 'Ada' }, []);
  stored.store();
  const report = path.join(folder, 'reports', `s${'0'.repeat(40)}.html`);
  writeFileSync(report, storedReport('<b>helo</b>'));
  const teacher = await OpenedPage.open({ words: ['--class', folder] });
  const said = browser.words.length;
  try {
    await browser.visit(teacher.url);
    await tab.getByRole('link', { name: 'Class', exact: true }).click();
    await tab.getByRole('heading', { level: 1, name: '2 learners' }).waitFor();
    const names = tab.getByRole('rowheader');
    assert.deepEqual(await names.allInnerTexts(), ['Bob', 'Ada']);
    await tab.getByRole('button', { name: 'Learner' }).click();
    assert.deepEqual(await names.allInnerTexts(), ['Ada', 'Bob']);
    await tab.getByRole('link', { name: 'Lesson 0: failed. Wrong greeting.' }).click();
    await tab.getByRole('heading', { level: 1, name: '0 of 1 lesson passed' }).waitFor();
    await tab.getByText('<b>helo</b>').waitFor();
    const colour = await tab.evaluate<string>(
      "getComputedStyle(document.querySelector('.badge.failed')).backgroundColor",
    );
    assert.notEqual(colour, 'rgba(0, 0, 0, 0)', 'its style is there');
    await tab.goBack();
    stored.add({ name: 'Cy' }, []);
    stored.store();
    await tab.reload();
    await tab.getByRole('heading', { level: 1, name: '3 learners' }).waitFor();
    assert.deepEqual(browser.words.slice(said), []);
  } finally {
    await teacher.close();
  }
});

test.run();

function heading(name: string) {
  return tab.getByRole('heading', { level: 1, name: new RegExp(name) });
}

function row(title: string, state: string) {
  return tab.getByRole('navigation').getByRole('link', { name: new RegExp(`${title}.*${state}`) });
}

function editor(page: Page) {
  return page.locator('[role=tabpanel] > .editor .cm-content');
}

/** Types a text in the place of what is in the editor. */
async function type(page: Page, text: string): Promise<void> {
  await editor(page).click();
  await page.keyboard.press('Control+a');
  // Chromium would carry the colours of what it replaces into the new text as an inline style.
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}

function focused(): Promise<string> {
  return tab.evaluate<string>('document.activeElement.textContent.trim()');
}

/** Within the editor's shadow tree too. */
function focusedLabel(): Promise<string> {
  return tab.evaluate<string>(
    "(document.activeElement.shadowRoot?.activeElement ?? document.activeElement).ariaLabel ?? ''",
  );
}
