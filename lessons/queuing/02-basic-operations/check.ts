import { check } from '#grading';
import { leavesKey } from '#vocabulary/redis/key-kept';
import { connected, saysItIsNotConnected } from '../vocabulary/connection-lines';
import { schoolSlips, usesTheValueInRedis } from '../vocabulary/schools';

export default check({
  '1-redis_op': async (task) => {
    await task.redis.set('Holberton', 'School');
    const program = await task.run();
    // Closed while Redis is down, a client would not tell of it.
    const refused = await task.run({ redisDown: true, neverQuits: true });
    await program.settles();
    task.source.usesCallbacks();

    program.prints([connected, 'School', 'Reply: OK', '100'], {
      slips: schoolSlips(task, program, 'callback'),
    });
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
    task.source.takes('setNewSchool', ['schoolName', 'value']);
    task.source.takes('displaySchoolValue', ['schoolName']);
    task.source.leavesToTheFile('setNewSchool', 'displaySchoolValue');
    await usesTheValueInRedis(task);

    // What was copied from the task before works still.
    await saysItIsNotConnected(task, refused);
  },
});
