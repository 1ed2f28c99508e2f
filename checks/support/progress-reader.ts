/*
 * A process that reads what is remembered, for tests of what becomes of it when it is killed.
 *   node -r runner/hook.cjs checks/support/progress-reader.ts WORKSPACE
 */
import { readProgress } from '../../runner/course/progress/progress-file';

readProgress(process.argv[2] ?? '', 'queuing');
