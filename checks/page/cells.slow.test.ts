import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { workedVersion } from '../../runner/course/course';
import { courseFolders, loadCourse } from '../../runner/course/load-course';
import { BrowserPage } from '../support/browser';
import { suite } from '../support/suite';
import { ServedPage } from './support/served-page';

/* The lesson's code and its server in a real Chromium. */

const test = suite('cells in a browser', { needs: ['chromium'] });
let served: ServedPage;
let browser: BrowserPage;
let tab: Page;

test.before(async () => {
  served = await ServedPage.open(serverOfTheShop(), { offline: true });
  browser = await BrowserPage.open();
  tab = browser.tab;
  await browser.look(1280, 'light');
  await browser.visit(served.url);
});
test.after(async () => {
  await browser.close();
  await served.close();
});

test('a piece of the lesson’s code runs, is changed, runs again, and is as it was', async () => {
  await open('queuing/basic-operations');
  const cell = cellOf(2);
  await cell.getByText('runs before it').click();
  await cell.getByText("import redis from 'redis'").waitFor();
  await cell.getByRole('button', { name: 'Run code 2' }).click();
  await cell.getByText('Visitor number 1').waitFor();
  await cell.getByText('INCR visitors').waitFor();
  await cell.getByRole('rowheader', { name: 'visitors' }).waitFor();
  await cell.getByRole('button', { name: 'Stop code 2' }).click();
  await cell.getByText('Stopped.').waitFor();
  await type(
    cell,
    "client.incr('visitors', (_, n) => {\n  console.log('<b>' + n + '</b>');\n  client.quit();\n});",
  );
  await tab.keyboard.press('Control+Enter');
  await cell.getByText('<b>2</b>').waitFor();
  await cell.getByText('Ended.').waitFor();
  assert.is(await cell.locator('.outcome b').count(), 0);
  await cell.getByRole('button', { name: 'Reset code 2' }).click();
  await cell.getByText('Visitor number').waitFor();
});

test('of two that run at once the one hears what the other says', async () => {
  await open('queuing/publisher-subscriber');
  const [hears, says] = [cellOf(2), cellOf(3)];
  await hears.getByRole('button', { name: 'Run code 2' }).click();
  await hears.getByText('PSUBSCRIBE weather.*').waitFor();
  await says.getByRole('button', { name: 'Run code 3' }).click();
  await hears.getByText('weather.paris says rain').waitFor();
  await says.getByRole('button', { name: 'Stop code 3' }).click();
  await hears.getByRole('button', { name: 'Stop code 2' }).click();
  await hears.getByText('Stopped.').waitFor();
});

test('the prompt takes commands, and the arrows bring them back', async () => {
  const line = tab.getByLabel('127.0.0.1:6379>');
  const screen = tab.getByRole('log', { name: 'Redis' });
  await line.fill('SET "a key" <i>1</i>');
  await line.press('Enter');
  await screen.getByText('OK').waitFor();
  await line.press('ArrowUp');
  assert.is(await line.inputValue(), 'SET "a key" <i>1</i>');
  await line.fill('BLPOP nothing 0');
  await line.press('Enter');
  await tab.locator('.prompt').getByRole('button', { name: 'Stop' }).click();
  await tab.getByRole('button', { name: 'Show its keys' }).click();
  await tab.locator('.prompt').getByRole('rowheader', { name: 'a key' }).waitFor();
  await tab.getByRole('button', { name: 'Empty it' }).click();
  await tab.getByText('It holds no keys.').waitFor();
});

test('a server is started, asked by a button a route, and by a crowd', async () => {
  await open('queuing/in-stock');
  const routes = tab.getByRole('region', { name: 'Your server' });
  await routes.getByRole('button', { name: 'Start it' }).click();
  await routes.getByText('It listens, as on port 1245.').waitFor();
  const product = routes.getByRole('form', { name: '/list_products/3' });
  await product.getByRole('textbox').fill('/list_products/4');
  await product.getByRole('button', { name: /^Ask/ }).click();
  await product.getByText('"itemName": "Suitcase 1050"').waitFor();
  await product.getByText('Headers').click();
  await product.getByText('application/json').waitFor();
  await routes.getByLabel('How many come at once').fill('40');
  const reserve = routes.getByRole('form', { name: '/reserve_product/3' });
  await reserve.getByRole('button', { name: /^40 at once/ }).click();
  await reserve.getByText('40 answers in').waitFor();
  const counts = await reserve.locator('.answer p > b:first-child').allInnerTexts();
  assert.is(
    counts.reduce((sum, one) => sum + Number(one), 0),
    40,
  );
  await routes.getByRole('rowheader', { name: 'item.3' }).waitFor();
  await look('server');
  served.write('9-stock.ts', '// changed');
  await routes.getByText('Your file was saved since').waitFor();
  await routes.getByRole('button', { name: 'Stop it' }).click();
  await routes.getByText('Stopped.').waitFor();
});

test('axe finds nothing to object to, wide and on a phone, light and dark', async () => {
  const found: string[] = [];
  for (const lesson of ['queuing/in-stock', 'queuing/basic-operations']) {
    await open(lesson);
    if (lesson.endsWith('operations')) {
      await tab.getByRole('button', { name: 'Run code 2' }).click();
      await tab.getByRole('button', { name: 'Stop code 2' }).click();
    }
    for (const scheme of ['light', 'dark'] as const) {
      for (const width of [1280, 360]) {
        await browser.look(width, scheme);
        const broad = await tab.evaluate('document.documentElement.scrollWidth > innerWidth');
        if (broad) found.push(`${lesson} ${width}: wider than the screen`);
        for (const barrier of await browser.barriers()) {
          found.push(`${lesson} ${scheme} ${width}: ${barrier}`);
        }
        await look(`${path.basename(lesson)}-${scheme}-${width}`);
      }
    }
  }
  assert.equal(found, []);
  assert.equal(browser.words, []);
});

test.run();

/** The worked version of the first lesson that has a server, as the learner's. */
function serverOfTheShop(): Record<string, string> {
  const [course] = courseFolders().map((folder) => loadCourse(folder));
  const lesson = course?.lessons.find(({ ask }) => ask);
  const [name = ''] = lesson?.files ?? [];
  return course && lesson
    ? { [`${name}.ts`]: readFileSync(workedVersion(course, name, lesson), 'utf8') }
    : {};
}

async function open(lesson: string): Promise<void> {
  await tab.goto(`${new URL(served.url).origin}/#/${lesson}`);
  await tab.locator(`.cell .cm-content`).first().waitFor();
  await tab.locator('.prompt').waitFor();
}

function cellOf(number: number): Locator {
  return tab.getByRole('region', { name: `Code ${number} of the lesson` });
}

async function type(cell: Locator, text: string): Promise<void> {
  await cell.locator('.cm-content').click();
  await tab.keyboard.press('Control+a');
  await tab.keyboard.press('Delete');
  await tab.keyboard.insertText(text);
}

/** For whoever wants to see it: SCREENSHOTS names a folder. */
async function look(name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (folder) await tab.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true });
}
