import { anyOrder, check } from '#grading';
import { explainSlips } from '#vocabulary/redis/client-slips';
import { connectedLine, explainListeners } from '../vocabulary/connected-line';
import { expectRefusalLine } from '../vocabulary/connection-lines';
import { explainSchools } from '../vocabulary/school-calls';
import {
  expectFirstDisplay,
  expectSchoolsStored,
  expectSettled,
  expectValueFromRedis,
  schoolDiagnoses,
} from '../vocabulary/schools';

export default check({
  '2-redis_op_async': async (task) => {
    task.explainBy(explainSlips(task, 'promise'), explainListeners(task), explainSchools(task));
    await task.redis.set('Holberton', 'School');
    const program = await task.run();
    // A client that is closed while Redis is down would not report it.
    const refused = await task.run({ redisDown: true, neverQuits: true });
    await program.waitUntilSettled();
    await expectSettled(task);

    // Awaited or not decides which of the two comes first: both are right. Between a callback and
    // a promise, or two promises, chance decides: then the order is no part of it.
    const { source } = task;
    const setsByPromise = source.awaitsIn('setNewSchool') || source.countCalls('then') > 0;
    const replies =
      source.awaitsIn('displaySchoolValue') && !setsByPromise
        ? [anyOrder('School', 'Reply: OK'), '100']
        : [anyOrder('School', 'Reply: OK', '100')];
    program.expectOutput([connectedLine, ...replies], {
      diagnoses: schoolDiagnoses(task, program, 'promise'),
    });
    await expectSchoolsStored(task, program, 'promise');
    expectFirstDisplay(task, program);
    task.source.expectParameters('setNewSchool', ['schoolName', 'value']);
    task.source.expectPromisify();
    task.source.expectAsyncFunction('displaySchoolValue');
    task.source.expectParameters('displaySchoolValue', ['schoolName']);
    task.source.expectNoCallOf('setNewSchool', 'displaySchoolValue');
    await expectValueFromRedis(task);

    // What was copied from the task before works still.
    await expectRefusalLine(task, refused);
  },
});
