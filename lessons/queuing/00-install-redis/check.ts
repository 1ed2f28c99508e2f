import { check } from '#grading';
import { dumpHolds } from '#vocabulary/redis/dump';

export default check({
  'dump.rdb': async (task) => dumpHolds(task.file, 'Holberton', 'School'),
});
