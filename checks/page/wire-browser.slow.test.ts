import assert from 'node:assert/strict';
import type { ShownPart, WireEvent } from '../../runner/page/protocol';
import { WatchedCheck } from '../../runner/page/server/watched-check';
import { showQueueLibraries } from '../../runner/report/queue-libraries';
import { presentationsOf } from '../../runner/vocabulary/presentation';
import { BrowserPage } from '../support/browser';
import { gradedWorked } from '../support/graded-worked';
import { type PagePart, pagePart } from '../support/page-part';
import { suite } from '../support/suite';

/* The lanes and the queue of the page in a real Chromium, with the events of a check that was run. */

const test = suite('wire of the page in a browser', { needs: ['chromium'], limit: 120_000 });

const kue: WireEvent[] = [];
let part: PagePart;
let browser: BrowserPage;

test.before(async () => {
  showQueueLibraries(() => presentationsOf(['redis', 'kue', 'bullmq']));
  const check = new WatchedCheck((_, events) => kue.push(...events));
  await gradedWorked('queuing/progress-processor', check);
  part = await pagePart(harness);
  browser = await BrowserPage.open();
  await browser.look(1280, 'light');
  await browser.visit(part.url);
});
test.after(async () => {
  showQueueLibraries(() => []);
  await browser.close();
  part.remove();
});

/** Draws what a test gives it; `more` adds events as a running check does. */
const harness = `
import { render } from 'preact';
import { Wire } from './wire/wire';
const place = document.getElementById('page');
let run, verdict, checks = 0;
const draw = () => render(<Wire run={{ ...run }} verdict={verdict} />, place);
window.show = (events, live, parts) => {
  checks += 1;
  run = { check: checks, live, parts: [{ file: 'file.js', events }] };
  verdict = parts && { check: checks, parts };
  draw();
};
window.more = (events) => { run.parts[0].events.push(...events); draw(); };
window.settled = async () => {
  for (let frames = 0; frames < 3; frames += 1) await new Promise(requestAnimationFrame);
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
};
`;

async function show(events: readonly WireEvent[], live = false, parts?: Partial<ShownPart>[]) {
  await browser.evaluate(
    `show(${JSON.stringify(events)}, ${live}, ${JSON.stringify(parts) ?? 'undefined'}); settled()`,
  );
}

/** What an expression is once everything is drawn. */
function seen<T>(expression: string): Promise<T> {
  return browser.evaluate<T>(`settled().then(() => (${expression}))`);
}

const listed = `document.querySelector('[role=listbox]')`;
const lines = `[...document.querySelectorAll('[role=option]')]`;
const total = `Number(document.querySelector('[role=listbox]').dataset.count)`;

function scrubTo(fraction: number): Promise<unknown> {
  return seen(`(() => {
    const slider = document.querySelector('input[type=range]');
    slider.value = String(Number(slider.min) + ${fraction} * (slider.max - slider.min));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  })()`);
}

function press(key: string): Promise<unknown> {
  return seen(
    `${listed}.dispatchEvent(new KeyboardEvent('keydown', { key: ${JSON.stringify(key)}, bubbles: true }))`,
  );
}

test('two programs and Redis have a lane each, and every line says who and what', async () => {
  await show(kue);
  const heads = await seen<string[]>(
    `[...document.querySelectorAll('.wire-lanes .heads li')].map((one) => one.textContent)`,
  );
  assert.deepEqual(heads.toSorted(), ['7-job_processor', 'Redis', 'creator']);
  assert.equal(heads[1], 'Redis');
  const [line = ''] = await seen<string[]>(`${lines}.map((one) => one.textContent)`);
  assert.match(line, /^\d+ ms.*(→|prints)/);
});

test('drawn back in time there are fewer lines, and the cards stand where the jobs stood', async () => {
  await show(kue);
  const cards = `[...document.querySelectorAll('.queue-column')].map((one) => one.querySelectorAll('[data-job]').length)`;
  const [all, atEnd] = [await seen<number>(total), await seen<number[]>(cards)];
  await scrubTo(0.3);
  const [some, before] = [await seen<number>(total), await seen<number[]>(cards)];
  assert.ok(some > 0 && some < all, `${some} of ${all}`);
  const settled = ([, , , complete = 0, failed = 0]: number[]) => complete + failed;
  assert.ok(settled(before) < settled(atEnd), `${before} and then ${atEnd}`);
  assert.ok(atEnd[3] && atEnd[4], 'some completed and some failed');
  await scrubTo(1);
  assert.equal(await seen<number>(total), all);
});

test('who waits for what is told, as it was at the moment', async () => {
  await show(kue);
  const waiting = `document.querySelector('.queue-waiting').textContent`;
  assert.match(
    await seen<string>(waiting),
    /7-job_processor.* waits for q:push_notification_code_2:jobs/,
  );
});

test('by the keyboard one goes from event to event, and follows a job through everything', async () => {
  await show(kue);
  await press('Home');
  const active = `document.getElementById(${listed}.getAttribute('aria-activedescendant'))?.textContent`;
  const first = await seen<string>(active);
  await press('ArrowDown');
  assert.notEqual(await seen<string>(active), first);
  const job = `[...document.querySelectorAll('[data-job] button')].find((one) => one.textContent.trim() === 'job ' + document.querySelector('[data-job]').dataset.job)`;
  await seen(`${job}.click()`);
  assert.match(
    await seen<string>(`document.querySelector('.wire-following').textContent`),
    /Following job \d+: \d+ of \d+ events/,
  );
  assert.ok(await seen<boolean>(`document.querySelector('.step.apart') !== null`));
  await press('ArrowDown');
  assert.equal(
    await seen<boolean>(`document.querySelector('.step.chosen').classList.contains('apart')`),
    false,
  );
  await press('Escape');
  assert.equal(await seen<number>(`document.querySelectorAll('.step.apart').length`), 0);
});

test('where the check found its fault there is a mark, and a way to it', async () => {
  const at = kue[Math.floor(kue.length / 2)]?.at ?? 0;
  await show(kue, false, [{ file: 'file.js', foundAt: at }]);
  await seen(`document.querySelector('.wire-fault').click()`);
  assert.equal(await seen<number>(`document.querySelectorAll('.step.at-fault').length`), 1);
  assert.match(await seen<string>(`document.querySelector('.at-fault').textContent`), /fault/);
});

test('what comes while a check runs is there at once, and can be held', async () => {
  await show(kue.slice(0, 200), true);
  const before = await seen<number>(total);
  await browser.evaluate(`more(${JSON.stringify(kue.slice(200, 300))})`);
  assert.ok((await seen<number>(total)) > before);
  const pause = `[...document.querySelectorAll('.wire-time button')][0]`;
  assert.equal(await seen<string>(`${pause}.textContent`), 'Pause');
  await seen(`${pause}.click()`);
  const held = await seen<number>(total);
  await browser.evaluate(`more(${JSON.stringify(kue.slice(300))})`);
  assert.equal(await seen<number>(total), held);
});

test('of 5,000 events only those in the window are drawn, however one scrolls', async () => {
  const many: WireEvent[] = Array.from({ length: 5000 }, (_, id) => ({
    id,
    at: id,
    program: id % 2 === 0 ? 'publisher' : 'subscriber',
    kind: id % 5 === 0 ? 'output' : id % 2 === 0 ? 'command' : 'message',
    text: `event ${id} of many`,
    bytes: 20,
    about: [`key ${id % 50}`],
  }));
  await show(many);
  assert.equal(await seen<number>(total), 5000);
  const idle = await framesOf('');
  const wheel = await framesOf('box.scrollTop = box.scrollHeight / 2 + 25 * frame');
  const jumps = await framesOf('box.scrollTop = (box.scrollHeight * frame) / 120');
  const played = await framesOf(`
    slider.value = String(16 * frame);
    slider.dispatchEvent(new Event('input', { bubbles: true }));`);
  console.log(
    `5,000 events, frames a second: ${wheel.rate} scrolling, ${jumps.rate} dragging through all of them, ${played.rate} as time goes, ${idle.rate} at rest`,
  );
  const most = Math.max(...[wheel, jumps, played].map((one) => one.most));
  const blank = Math.max(...[wheel, jumps, played].map((one) => one.blank));
  assert.ok(blank < 12, `${blank} of 120 frames had no line where one belongs`);
  assert.ok(most < 60, `${most} lines are drawn at once`);
});

/**
 * Does something before each of 120 frames, and looks at what the frame before has shown.
 * @returns frames a second, the most lines that were drawn, and how often there was none to see
 */
function framesOf(work: string): Promise<{ rate: number; most: number; blank: number }> {
  return browser.evaluate(`new Promise((done) => {
    const box = document.querySelector('.wire-lanes');
    const slider = document.querySelector('input[type=range]');
    const start = performance.now();
    let [frame, most, blank] = [0, 0, 0];
    const step = () => {
      frame += 1;
      const { top } = box.getBoundingClientRect();
      const lines = [...document.querySelectorAll('[role=option]')];
      most = Math.max(most, lines.length);
      if (!lines.some((one) => Math.abs(one.getBoundingClientRect().top - top - 100) < 60)) blank += 1;
      ${work};
      if (frame < 120) requestAnimationFrame(step);
      else done({ rate: Math.round(120_000 / (performance.now() - start)), most, blank });
    };
    requestAnimationFrame(step);
  })`);
}

test('axe finds nothing to say against it, light and dark', async () => {
  await show(kue, false, [{ file: 'file.js', foundAt: kue.at(-1)?.at ?? 0 }]);
  await browser.evaluate(`document.querySelector('.wire-run details').open = true`);
  for (const scheme of ['light', 'dark'] as const) {
    await browser.look(1280, scheme);
    assert.deepEqual(await browser.barriers('#page'), [], scheme);
  }
});

for (const width of [360, 768, 1280]) {
  test(`nothing sticks out of a window of ${width} pixels`, async () => {
    await browser.look(width, 'light');
    await show(kue);
    const over = `[...document.querySelectorAll('#page *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.timeline, .wide')).map((one) => one.className)`;
    assert.deepEqual(await seen<string[]>(over), []);
  });
}

test.run();
