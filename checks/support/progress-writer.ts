/*
 * A process that records what is remembered, for tests of what becomes of it when the process is
 * killed, or when others do the same at once.
 *   node -r runner/hook.cjs checks/support/progress-writer.ts WORKSPACE verdicts|hints NAME COUNT
 * With `verdicts` it records COUNT lessons, NAME-0 and so on; with `hints` the hints 0 and so on of
 * the lesson NAME; with `same` COUNT verdicts on the lesson NAME. It prints each when it is written.
 */
import fs from 'node:fs';
import { recordHint, recordVerdict } from '../../runner/course/progress/progress-file';

const [workspace = '', what = '', name = '', count = ''] = process.argv.slice(2);

const message = 'x'.repeat(200);
const verdict = { verdict: 'passed', message, passedAt: '2026-01-02T03:04:05.000Z' } as const;

for (let at = 0; at < Number(count); at += 1) {
  if (what === 'hints') recordHint(workspace, 'small', name, at);
  else recordVerdict(workspace, 'small', what === 'same' ? name : `${name}-${at}`, verdict);
  fs.writeSync(1, `${name}-${at}\n`);
}
