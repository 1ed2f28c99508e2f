import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import type { OpenedLesson, State, TextNode, WireEvent, WireRun } from '../../runner/page/protocol';
import { BrowserPage } from '../support/browser';
import { OpenedPage } from '../support/opened-page';
import { skipMark, suite } from '../support/suite';
import { type Fonts, Pictures } from './support/pictures';

/*
 * How the page looks, held against pictures that are kept in screenshots/. What differs from run to run
 * (times, folders) is answered with fixed words. After a change that is meant: UPDATE=1, and look at them.
 */

const test = suite('page: how it looks', { needs: ['chromium'], limit: 120_000 });
const kept = path.join(__dirname, 'screenshots');
let opened: OpenedPage;
let browser: BrowserPage;
let tab: Page;
let pictures: Pictures;
let isComparable = true;

test.before(async () => {
  opened = await OpenedPage.open();
  opened.write(
    '1-key.ts',
    "import { createClient } from 'redis';\n\ncreateClient().set('a', '2');\n",
  );
  browser = await BrowserPage.open();
  tab = browser.tab;
  pictures = new Pictures(await browser.beside());
  // A page behind another draws one frame a second.
  await tab.bringToFront();
  await answerFixedWords();
  await tab.goto(opened.url);
  compareFonts(await pictures.fonts());
});
test.after(async () => {
  await browser.close();
  await opened.close();
});

/** What is looked at, each brought to the top of the window. */
const scenes = {
  lesson: { top: 'body' },
  verdict: { top: '[aria-label=Verdict]' },
  lanes: { top: 'details.wire' },
  cell: { top: 'section.cell' },
} as const;

type Scene = keyof typeof scenes;

const looks = {
  light: { width: 1280, height: 900, scheme: 'light' },
  dark: { width: 1280, height: 900, scheme: 'dark' },
  phone: { width: 375, height: 800, scheme: 'light' },
  // A window of 1280 by 900 that is enlarged twofold.
  '200%': { width: 640, height: 450, scheme: 'light' },
} as const;

type Look = keyof typeof looks;

const all = (['lesson', 'verdict', 'lanes', 'cell'] as const).flatMap((scene) =>
  (['light', 'dark', 'phone', '200%'] as const).map((look) => ({ scene, look })),
);

test.rows(
  all,
  ({ scene, look }) => `${scene}, ${look}`,
  async ({ scene, look }) => {
    await show(scene, look);
    const picture = await taken();
    const file = path.join(kept, `${scene}-${look.replace('%', '')}.png`);
    if (process.env.UPDATE) return writeFileSync(file, picture);
    if (!isComparable) return;
    assert.ok(existsSync(file), `${file} is missing: write it with UPDATE=1, and look at it`);
    const { most, where } = await pictures.distance(readFileSync(file), picture);
    if (most > tolerance) keepSeen(`${scene}-${look}`, picture);
    assert.ok(most <= tolerance, `it differs by ${most.toFixed(1)} around ${where} (${file})`);
  },
);

/** What a part may differ by on the average, from 0 to 255. */
const tolerance = 8;

test('letters that are smoothed otherwise are let through', async () => {
  await show('verdict', 'light');
  const before = await taken();
  await change("document.body.style.transform = 'translate(0.3px, 0.3px)'");
  const { most } = await pictures.distance(before, await taken());
  console.log(`moved by a third of a pixel: ${most.toFixed(1)} of ${tolerance}`);
  assert.ok(most > 0 && most <= tolerance, `${most}`);
});

const faults = {
  'a button that is missing':
    "document.querySelector('.desk .actions .main').style.visibility = 'hidden'",
  'a sign that is missing': "document.querySelector('.badge').style.visibility = 'hidden'",
  'a word that is missing':
    "document.querySelector('.told .next strong').style.visibility = 'hidden'",
  'a verdict moved by 8 pixels':
    "document.querySelector('.verdict').style.transform = 'translateY(8px)'",
  'another colour of a frame': "document.querySelector('.told').style.background = 'none'",
};

test.rows(
  Object.entries(faults),
  ([name]) => `${name} is noticed`,
  async ([name, fault]) => {
    await show('verdict', 'light');
    await tab.evaluate("document.querySelector('.desk .actions').scrollIntoView()");
    const before = await taken();
    await change(fault);
    const { most } = await pictures.distance(before, await taken());
    console.log(`${name}: ${most.toFixed(1)} of ${tolerance}`);
    assert.ok(most > tolerance, `${most}`);
  },
);

test.run();

/** Loads the page anew in a look, with a part of it at the top. */
async function show(scene: Scene, look: Look): Promise<void> {
  const { width, height, scheme } = looks[look];
  await browser.look(width, scheme, height);
  await tab.goto(`${opened.origin}/#/small/${scene === 'lesson' ? 'greeting' : 'key'}`);
  await tab.reload();
  await tab.locator('[role=tabpanel] > .editor .cm-content').waitFor();
  if (scene === 'verdict' || scene === 'lanes') await checked();
  if (scene === 'cell') await cellRun();
  await tab.evaluate(`document.querySelector('${scenes[scene].top}').scrollIntoView()`);
}

/** Until there is a verdict, and the lanes of its check have been loaded with fixed times. */
async function checked(): Promise<void> {
  if ((await tab.locator('.verdict').count()) === 0) {
    await tab.getByRole('button', { name: 'Check', exact: true }).click();
    await tab.locator('.verdict.failed').waitFor();
    await tab.reload();
  }
  await tab.locator('.verdict.failed').getByText('checked in 312 ms').waitFor();
  await tab.locator('.wire-lanes [role=option]').first().waitFor();
}

async function cellRun(): Promise<void> {
  const cell = tab.locator('section.cell');
  await cell.locator('.cm-content').waitFor();
  await cell.getByRole('button', { name: 'Run code 1' }).click();
  await cell.getByText('Ended.').waitFor();
  await cell.getByRole('rowheader', { name: 'visits' }).waitFor();
}

async function change(script: string): Promise<void> {
  await tab.evaluate(script);
}

/** A picture of the window as it is, once all is drawn. */
async function taken(): Promise<Buffer> {
  await tab.evaluate(
    'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))',
  );
  return pictures.shrunk(await tab.screenshot({ animations: 'disabled', caret: 'hide' }));
}

/** For whoever wants to see why: SCREENSHOTS names a folder. */
function keepSeen(name: string, picture: Buffer): void {
  const folder = process.env.SCREENSHOTS;
  if (folder) writeFileSync(path.join(folder, `${name}.png`), picture);
}

/** With other fonts every line is elsewhere: then there is nothing to compare with. */
function compareFonts(here: Fonts): void {
  const file = path.join(kept, 'fonts.json');
  if (process.env.UPDATE) {
    writeFileSync(file, `${JSON.stringify(here)}\n`);
    return;
  }
  // Written by the line above.
  const there = JSON.parse(readFileSync(file, 'utf8')) as Fonts;
  isComparable = Math.abs(there.text - here.text) < 1 && Math.abs(there.mono - here.mono) < 1;
  if (!isComparable) {
    const [one, other] = [there, here].map((fonts) => `${fonts.text} and ${fonts.mono}`);
    // On a line of its own: the suite's name stands on this one.
    console.log(`\n${skipMark}the kept pictures are of other fonts (${one} pixels, here ${other})`);
  }
}

/** The server's own answers, but for what no two runs have in common. */
async function answerFixedWords(): Promise<void> {
  await tab.route('**/api/state', async (route) => {
    const response = await route.fetch();
    const state = (await response.json()) as State;
    await route.fulfill({ response, json: { ...state, redis: 'Redis', folder: '/workspace' } });
  });
  await tab.route('**/api/lessons/small/key', async (route) => {
    const response = await route.fetch();
    const lesson = (await response.json()) as OpenedLesson;
    await route.fulfill({ response, json: withFixedTimes(lesson) });
  });
  await tab.route('**/api/lessons/small/key/wire', async (route) => {
    const response = await route.fetch();
    const { check } = (await response.json()) as WireRun;
    const parts = check === 0 ? [] : [{ file: '1-key.ts', events: seen }];
    await route.fulfill({ response, json: { check, parts } satisfies WireRun });
  });
}

function withFixedTimes(lesson: OpenedLesson): OpenedLesson {
  const { verdict, text } = lesson;
  if (!verdict) return { ...lesson, text: [...text, code] };
  const parts = verdict.parts.map((one) => ({ ...one, foundAt: 61 }));
  return { ...lesson, text: [...text, code], verdict: { ...verdict, ms: 312, parts } };
}

const code: TextNode = {
  kind: 'block',
  place: 0,
  language: 'js',
  text: "const { createClient } = require('redis');\nconst client = createClient();\nclient.incr('visits', (_, visits) => {\n  console.log('visit', visits > 0);\n  client.quit();\n});\n",
  cell: { kind: 'program', before: [] },
};

const seen: WireEvent[] = [
  command(0, 20, 'subscriber', 'SUBSCRIBE news', 'channel news'),
  reply(1, 21, 'subscriber', 0, 'channels: 1'),
  command(2, 40, 'publisher', 'SET greeting hello', 'key greeting'),
  reply(3, 42, 'publisher', 2, 'OK'),
  command(4, 60, 'publisher', 'PUBLISH news hello', 'channel news'),
  reply(5, 61, 'publisher', 4, '(integer) 1'),
  {
    ...command(6, 61, 'subscriber', '"hello" on news', 'channel news'),
    kind: 'message',
  },
  { id: 7, at: 65, program: 'subscriber', kind: 'output', text: 'heard hello', bytes: 12 },
  { id: 8, at: 80, program: 'publisher', kind: 'errors', text: 'and that was all', bytes: 17 },
];

function command(id: number, at: number, program: string, text: string, about: string): WireEvent {
  return { id, at, program, kind: 'command', text, bytes: 30, connection: 1, about: [about] };
}

function reply(id: number, at: number, program: string, of: number, text: string): WireEvent {
  return { id, at, program, kind: 'reply', text, bytes: 5, of, connection: 1 };
}
