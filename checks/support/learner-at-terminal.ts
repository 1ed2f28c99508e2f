import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DrivenScreen, type ScreenOptions } from './screen-driver';
import type { Suite } from './suite';

interface Learner {
  /** The folder of their files and results: absolute. */
  home: string;
  /** Their file of lesson 0, which need not be there: absolute. */
  file: string;
  screen: DrivenScreen;
  /** Starts the workbook once more, on another screen. */
  restart(): DrivenScreen;
}

interface LearnerOptions extends Omit<ScreenOptions, 'home'> {
  /** What they wrote already: each text under its file's name. */
  files?: Record<string, string>;
}

/**
 * What gives a suite learners at terminals, each with a folder of their own, the small course and
 * the embedded Redis. Their screens close after each test, and their folders go after the last.
 */
export function learnersOf(test: Suite): (options?: LearnerOptions) => Learner {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'workbook-test-'));
  const open: DrivenScreen[] = [];
  let count = 0;
  test.after.each(() => {
    for (const screen of open.splice(0)) screen.close();
  });
  test.after(() => rmSync(folder, { recursive: true }));
  return ({ files = {}, ...options } = {}) => {
    const home = path.join(folder, String(count++));
    mkdirSync(home);
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, name), text);
    const restart = () => {
      const screen = new DrivenScreen({ words: ['--offline'], ...options, home });
      open.push(screen);
      return screen;
    };
    return { home, file: path.join(home, '0-greeting.ts'), screen: restart(), restart };
  };
}
