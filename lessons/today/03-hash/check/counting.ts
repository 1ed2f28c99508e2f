import { commandText, fail, type ProgramRun, quote } from '#grading';
import { joined, key, numberOf } from './schools';

/**
 * Redis has counted the students who come to one city.
 * @throws CheckFailure otherwise
 */
export function expectJoined(program: ProgramRun): void {
  const { city, count } = joined;
  const wanted = ['HINCRBY', key, city, String(count)];
  const sum = String(numberOf(city, count));
  const written = program
    .commands('HSET')
    .find((words) => words.length === 4 && words[2] === city && words[3] === sum);
  if (!written) {
    program.expectSent(wanted, {
      never: `Let Redis count: await client.hIncrBy('${key}', '${city}', ${count}).`,
      other: `Hand client.hIncrBy() the key, the field and the number: '${key}', '${city}', ${count}.`,
      often: 'Call it once.',
    });
    return;
  }
  fail({
    class: 'wrong-command',
    message: `The number is counted in the program, and written back by ${quote(commandText(written))}: of two programs that do so at once, one is lost.`,
    next: `Let Redis count, in one command: await client.hIncrBy('${key}', '${city}', ${count}).`,
    at: [{ code: '$.hSet($, $, $)' }, { sends: written }, { calls: ['hSet'] }],
    expected: commandText(wanted),
    seen: program.commandLines('HSET', 'HGET', 'HGETALL', 'HINCRBY'),
  });
}
