import { check } from '#grading';
import { expectTaughtStyle, explainSlips } from '#vocabulary/redis/client-slips';
import { expectCallbacks } from '../vocabulary/callbacks';
import { connectedLine, explainListeners } from '../vocabulary/connected-line';
import { expectRefusalLine } from '../vocabulary/connection-lines';
import { adviseOnPrint } from '../vocabulary/own-reply';
import { explainSchools } from '../vocabulary/school-calls';
import { expectSchoolsStored, expectValueFromRedis, schoolDiagnoses } from '../vocabulary/schools';

export default check({
  '1-redis_op': async (task) => {
    task.explainBy(explainSlips(task, 'callback'), explainListeners(task), explainSchools(task));
    await task.redis.set('Holberton', 'School');
    const program = await task.run();
    // A client that is closed while Redis is down would not report it.
    const refused = await task.run({ redisDown: true, neverQuits: true });
    await program.waitUntilSettled();
    expectTaughtStyle(task, 'callback');
    expectCallbacks(task, program, { get: 1, set: 2 });
    adviseOnPrint(task);

    program.expectOutput([connectedLine, 'School', 'Reply: OK', '100'], {
      diagnoses: schoolDiagnoses(task, program, 'callback'),
    });
    await expectSchoolsStored(task, program, 'callback');
    task.source.expectParameters('setNewSchool', ['schoolName', 'value']);
    task.source.expectParameters('displaySchoolValue', ['schoolName']);
    task.source.expectNoCallOf('setNewSchool', 'displaySchoolValue');
    await expectValueFromRedis(task);

    // What was copied from the task before works still.
    await expectRefusalLine(task, refused);
  },
});
