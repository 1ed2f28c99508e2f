import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { start } from '../../support/command-line';
import { inTurn, type Measure } from './measure';
import { timeTo, timeToEnd } from './started';

/** From the start to the menu, in a terminal; with npm's own start in front, and without. */
export function menu(): Measure[] {
  return [
    toFrame('menu', 'start to the menu’s first frame', [process.execPath, start]),
    toFrame('menu-npm', 'the same, typed as `npm start`', ['npm', 'start']),
  ];
}

function toFrame(name: string, what: string, line: string[]): Measure {
  const home = mkdtempSync(path.join(os.tmpdir(), 'workbook-bench-'));
  const options = { terminal: true, env: { WORKBOOK_HOME: home }, cwd: project };
  const opened = () => timeTo(lastOfFrame, line, options);
  return {
    name,
    what,
    against: '`node -e 0`',
    unit: 'ms',
    goal: { atMost: 4 },
    // The first start of all lays out the learner's files.
    open: async () => void (await opened()),
    sample: (round) => inTurn(round, opened, () => timeToEnd([process.execPath, '-e', '0'])),
    close: async () => rmSync(home, { recursive: true, force: true }),
  };
}

const lastOfFrame = /quit/;
const project = path.join(__dirname, '../../..');
