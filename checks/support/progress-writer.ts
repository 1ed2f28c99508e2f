/*
 * A process that records verdicts, for tests of what becomes of them when it is killed, or when
 * others do the same at once.
 *   node -r runner/hook.cjs checks/progress-writer.ts WORKSPACE NAME COUNT
 * It records COUNT lessons, NAME-0 and so on, and prints the name of each when it is written.
 */
import fs from 'node:fs';
import { changeProgress } from '../../runner/course/progress/progress-file';

const [workspace = '', name = '', count = ''] = process.argv.slice(2);

for (let at = 0; at < Number(count); at += 1) {
  changeProgress(workspace, (progress) => {
    progress.lessons[`${name}-${at}`] = { verdict: 'passed', message: 'x'.repeat(200), hints: [] };
  });
  fs.writeSync(1, `${name}-${at}\n`);
}
