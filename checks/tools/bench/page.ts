import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { bundle } from '../../../runner/page/bundle';
import { pageStyle } from '../../../runner/page/style';
import { BrowserPage } from '../../support/browser';
import { isInstalled } from '../../support/installed';
import { OpenedPage } from '../../support/opened-page';
import { inTurn, type Measure } from './measure';
import { timeTo } from './started';

/** The page in the browser: how soon it is there, how much of it there is, and what the menu pays for it. */
export function page(): Measure[] {
  return [...(isInstalled('chromium') ? frames() : []), size(), besideMenu()];
}

/** Milliseconds from the first byte of the page to what is painted. */
interface Painted {
  frame: number;
  text: number;
}

function frames(): Measure[] {
  let opened: OpenedPage | undefined;
  let browser: BrowserPage | undefined;
  let last: Painted | undefined;
  const open = async () => {
    opened ??= await OpenedPage.open({ env: { WORKBOOK_LESSONS: '' } });
    if (browser) return;
    browser = await BrowserPage.open();
    await browser.tab.addInitScript(`(${timeText})()`);
    await load();
  };
  const load = async () => {
    if (!opened || !browser) throw new Error('It is not open.');
    await browser.visit(opened.url);
    last = await browser.evaluate<Painted>(painted);
    return last;
  };
  const close = async () => {
    await browser?.close();
    await opened?.close();
    [browser, opened] = [undefined, undefined];
  };
  return [
    {
      name: 'page',
      what: 'the page: from the server’s answer to the first frame',
      against: '150 ms',
      unit: 'ms',
      goal: { below: 1 },
      open,
      sample: async () => ({ ours: (await load()).frame, theirs: 150 }),
      close,
    },
    {
      name: 'page',
      what: 'the same, to the lesson’s text',
      against: 'to the first frame',
      unit: 'ms',
      // Of the load before: both figures are of one page.
      sample: async () => {
        const { text, frame } = last ?? (await load());
        return { ours: text, theirs: frame };
      },
    },
  ];
}

/* What the browser runs. */

const timeText = `() => {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('#lesson .text')) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      // After the frame was painted.
      port1.onmessage = () => { window.textAt = performance.now(); };
      port2.postMessage('');
    });
  }).observe(document, { childList: true, subtree: true });
}`;

const painted = `new Promise((done) => {
  const look = () => {
    const [frame] = performance.getEntriesByName('first-contentful-paint');
    if (!frame || window.textAt === undefined) return setTimeout(look, 5);
    const [{ responseStart }] = performance.getEntriesByType('navigation');
    done({ frame: frame.startTime - responseStart, text: window.textAt - responseStart });
  };
  look();
})`;

function size(): Measure {
  return {
    name: 'page',
    what: 'all that the page loads, compressed (gzip)',
    against: '300 kB',
    unit: 'kB',
    goal: { below: 1 },
    once: true,
    sample: async () => {
      const files = [...Object.values(await bundle()), pageStyle()];
      const bytes = files.reduce((sum, text) => sum + gzipSync(text).length, 0);
      return { ours: bytes / 1000, theirs: 300 };
    },
  };
}

/** Two copies of the workbook: one of them has nothing of the page. */
function besideMenu(): Measure {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-bench-'));
  const [whole, without] = ['whole', 'without'].map((name) => path.join(folder, name));
  const menu = (place = '') =>
    timeTo(/quit/, [process.execPath, path.join(place, 'runner', 'start.cjs')], {
      terminal: true,
      env: { WORKBOOK_HOME: path.join(place, 'workspace') },
      cwd: place,
    });
  return {
    name: 'page',
    what: 'start to the menu’s first frame, with the page’s code there',
    against: 'without `runner/page`',
    unit: 'ms',
    goal: { atMost: 1.05 },
    open: async () => {
      for (const place of [whole, without]) copyWorkbook(place);
      rmSync(path.join(without ?? '', 'runner', 'page'), { recursive: true });
      // The first start of all lays out the learner's files, and keeps what was compiled.
      for (const place of [whole, without, whole, without]) await menu(place);
    },
    sample: (round) =>
      inTurn(
        round,
        () => menu(whole),
        () => menu(without),
      ),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

function copyWorkbook(to = ''): void {
  for (const name of ['runner', 'lessons', 'package.json', 'tsconfig.json', 'dump.rdb']) {
    cpSync(path.join(project, name), path.join(to, name), { recursive: true });
  }
  symlinkSync(path.join(project, 'node_modules'), path.join(to, 'node_modules'));
}

const project = path.join(__dirname, '../../..');
