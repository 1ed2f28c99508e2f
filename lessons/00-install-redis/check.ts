import { check } from '../../runner/grader/check';
import { dumpHolds } from '../../runner/grader/dump';

export default check({
  'dump.rdb': async (task) => dumpHolds(task.file, 'Holberton', 'School'),
});
