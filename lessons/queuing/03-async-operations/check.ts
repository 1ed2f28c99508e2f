import { anyOrder, check } from '#grading';
import { leavesKey } from '#vocabulary/redis/key-kept';
import { connected, saysItIsNotConnected } from '../vocabulary/connection-lines';
import { displaysFirst, schoolSlips, usesTheValueInRedis } from '../vocabulary/schools';

export default check({
  '2-redis_op_async': async (task) => {
    await task.redis.set('Holberton', 'School');
    const program = await task.run();
    // Closed while Redis is down, a client would not tell of it.
    const refused = await task.run({ redisDown: true, neverQuits: true });
    await program.settles();

    // Awaited or not decides which of the two comes first: both are right. Between a callback and
    // a promise, or two promises, chance decides: then the order is no part of it.
    const { source } = task;
    const setsByPromise = source.awaitsIn('setNewSchool') || source.countCalls('then') > 0;
    const replies =
      source.awaitsIn('displaySchoolValue') && !setsByPromise
        ? [anyOrder('School', 'Reply: OK'), '100']
        : [anyOrder('School', 'Reply: OK', '100')];
    program.prints([connected, ...replies], { slips: schoolSlips(task, program, 'promise') });
    program.sentTimes(['GET', 'Holberton'], 1, 'Call displaySchoolValue("Holberton") once.');
    program.sentTimes(
      ['SET', 'HolbertonSanFrancisco', '100'],
      1,
      'Call setNewSchool("HolbertonSanFrancisco", "100") once, and set the key in it.',
    );
    program.sentTimes(
      ['GET', 'HolbertonSanFrancisco'],
      1,
      'Call displaySchoolValue("HolbertonSanFrancisco") once, after the key is set.',
    );
    await leavesKey(task, program, 'HolbertonSanFrancisco');
    await task.redis.holds(
      'HolbertonSanFrancisco',
      '100',
      'setNewSchool should set the key schoolName to the value.',
    );
    displaysFirst(task, program);
    task.source.takes('setNewSchool', ['schoolName', 'value']);
    task.source.usesPromisify();
    task.source.isAsync('displaySchoolValue');
    task.source.takes('displaySchoolValue', ['schoolName']);
    task.source.leavesToTheFile('setNewSchool', 'displaySchoolValue');
    await usesTheValueInRedis(task);

    // What was copied from the task before works still.
    await saysItIsNotConnected(task, refused);
  },
});
