import { check } from '#grading';

export default check({
  '0-greeting': async (task) => {
    const program = await task.run();
    await program.waitUntilSettled();
    await task.redis.expectValue('greeting', 'hello', 'Set the key greeting to hello.');
    program.expectOutput(['Reply: OK']);
  },
});
