import { check } from '#grading';
import { expectDump } from '#vocabulary/redis/dump';

export default check({
  'dump.rdb': async (task) => expectDump(task.file, 'Holberton', 'School'),
});
