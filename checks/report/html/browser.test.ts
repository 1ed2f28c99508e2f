import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { HtmlReport } from '../../../runner/report/html/model';
import { htmlReport } from '../../../runner/report/html/report';
import { BrowserPage } from '../../support/browser';
import { evidence, gradedLesson, hostile } from '../../support/graded-lesson';
import { suite } from '../../support/suite';

/* The report in a real Chromium. */

const test = suite('report in a browser', { needs: ['chromium'] });
const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
let browser: BrowserPage;

test.before(async () => {
  page();
  browser = await BrowserPage.open();
  await browser.visit(url);
  await browser.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`);
});
test.after(async () => {
  await browser.close();
  rmSync(folder, { recursive: true });
});

const url = pathToFileURL(path.join(folder, 'report.html')).href;

/** A page with everything on it, and everything in it hostile. */
function page(): void {
  const wild = hostile.join('\n');
  const file = path.join(folder, '1-redis_op.ts');
  writeFileSync(file, `${wild}\n${'long '.repeat(400)}\n${'x'.repeat(1500)}\n`);
  const programs = ['publisher', 'subscriber', ...hostile.slice(0, 3)];
  const seen = evidence({
    output: hostile.map((text, at) => ({ program: 'publisher', stream: 'stderr', text, at })),
    wire: programs.flatMap((program, at) =>
      hostile.map((text) => ({
        program,
        connection: 1,
        at,
        command: ['SET', text, 'x'.repeat(300)],
        reply: text,
      })),
    ),
    http: hostile.map((text) => ({ program: 'publisher', at: 2, request: text, status: 200 })),
    keys: hostile.map((text) => ({ key: text, type: 'hash', value: { [text]: 'x'.repeat(300) } })),
  });
  const finding = {
    class: 'wrong-output' as const,
    message: wild,
    next: wild,
    expected: `${wild}${'y'.repeat(400)}`,
    seen: wild,
    line: 1,
  };
  const broad = evidence({
    ...seen,
    wire: seen.wire.filter(({ program }) => program.length === 9),
  });
  const report: HtmlReport = {
    lessons: [
      {
        name: '2',
        graded: gradedLesson(file, finding, seen, { lesson: { title: wild }, advice: hostile }),
      },
      {
        name: '3',
        graded: gradedLesson(file, undefined, broad, {
          lesson: { number: 3 },
          name: '2-redis_op_async.ts',
        }),
      },
    ],
    redis: { kind: 'server', version: '7.0.15' },
    at: new Date(0),
    what: wild,
    workbook: '0.1.0',
    node: '20.19.0',
  };
  writeFileSync(path.join(folder, 'report.html'), htmlReport(report));
}

test('it loads alone, without a word on the console, and nothing in it is executed', async () => {
  assert.deepEqual(browser.requests, [url]);
  assert.deepEqual(browser.words, []);
  const state = await browser.evaluate<unknown>(
    '[typeof window.harmed, document.images.length, document.scripts.length, document.title]',
  );
  assert.deepEqual(state, ['undefined', 0, 0, '1 of 2 passed · Queuing workbook']);
});

test('its style is applied under its own policy, light and dark', async () => {
  const colours: string[][] = [];
  for (const scheme of ['light', 'dark'] as const) {
    await browser.look(1280, scheme);
    colours.push(
      await browser.evaluate(
        '[document.body, document.querySelector(".told")].map((one) => getComputedStyle(one).backgroundColor)',
      ),
    );
  }
  assert.deepEqual(colours, [
    ['rgb(245, 244, 240)', 'rgb(251, 232, 229)'],
    ['rgb(19, 21, 26)', 'rgb(58, 29, 28)'],
  ]);
});

test('every text stands out from its ground, light and dark', async () => {
  for (const scheme of ['light', 'dark'] as const) {
    await browser.look(1280, scheme);
    assert.deepEqual(await browser.evaluate(faintTexts), [], scheme);
  }
});

for (const [width, scheme] of [
  [1280, 'light'],
  [1280, 'dark'],
  [360, 'light'],
] as const) {
  test(`axe-core finds no barrier, ${scheme}, ${width} pixels wide`, async () => {
    await browser.look(width, scheme);
    assert.deepEqual(await browser.barriers(), []);
  });
}

for (const width of [360, 768, 1280]) {
  test(`nothing sticks out of a window of ${width} pixels`, async () => {
    await browser.look(width, 'light');
    assert.deepEqual(await browser.evaluate(stickingOut), []);
  });
}

test('lanes stand apart where there is room, and are a margin of lines where there is none', async () => {
  const laneWidth = async (width: number): Promise<number> => {
    await browser.look(width, 'light');
    return browser.evaluate('document.querySelector("#lesson-3 .right .arrow").offsetWidth');
  };
  assert.ok((await laneWidth(1280)) > 150);
  assert.ok((await laneWidth(360)) < 50);
});

test('a link leads to the line that failed', async () => {
  await browser.look(360, 'light');
  const top = await browser.evaluate<number>(
    '(document.querySelector(".wrong a").click(), document.querySelector(".line.here").getBoundingClientRect().top)',
  );
  assert.ok(top >= 0 && top < 900, `${top}`);
});

test.run();

/** Elements wider than the window, or than the box that holds them. */
const stickingOut = `[...document.body.querySelectorAll('*')]
  .filter((one) => !one.closest('.for-ears, .skip, .who, .lines, .arrow') && one.getClientRects().length > 0)
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 0.5
    || (one.matches('.timeline, pre, .difference ol, td') && one.scrollWidth > one.clientWidth + 1))
  .map((one) => one.tagName + '.' + one.className).slice(0, 5)`;

/** Texts whose colour has less than 4.5 to 1 against what is painted behind them (WCAG 2.2, 1.4.3). */
const faintTexts = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const over = ([r, g, b, a], under) => [r, g, b].map((part, i) => (part * a + under[i] * (255 - a)) / 255);
  const ground = (one) => {
    const under = one.parentElement ? ground(one.parentElement) : [255, 255, 255];
    return over(rgba(getComputedStyle(one).backgroundColor), under);
  };
  const light = (colour) => colour.map((part) => part / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const ratio = (one) => {
    const behind = ground(one);
    const [low, high] = [light(behind), light(over(rgba(getComputedStyle(one).color), behind))].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  const seen = new Set();
  return [...document.body.querySelectorAll('*')]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
    .filter((one) => {
      const style = getComputedStyle(one);
      const known = [one.tagName, one.className, one.parentElement.className, style.color, style.backgroundColor].join();
      return !seen.has(known) && seen.add(known);
    })
    .map((one) => [one.tagName + '.' + one.className, Math.round(ratio(one) * 100) / 100])
    .filter(([, value]) => value < 4.5);
})()`;
