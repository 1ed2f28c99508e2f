import { commandText, fail, type ProgramRun, quote, type Task, ts } from '#grading';
import { joined, key, moved, numberOf } from './schools';

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
  const [float] = program.commands('HINCRBYFLOAT').filter((words) => words[2] === city);
  if (float) {
    fail({
      class: 'wrong-command',
      message: `Redis got ${quote(commandText(float))}; the task asks for HINCRBY, which counts in whole numbers.`,
      next: `Write client.hIncrBy('${key}', '${city}', ${count}).`,
      at: [{ calls: ['hIncrByFloat', 'HINCRBYFLOAT'] }, { sends: float }],
      expected: commandText(wanted),
      seen: program.commandLines('HINCRBY', 'HINCRBYFLOAT'),
    });
  }
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

/**
 * What is printed of the city is what HINCRBY answers with.
 * @throws CheckFailure where nothing takes its answer, and nothing reads the field
 */
export function expectSumFromRedis({ source }: Task, program: ProgramRun): void {
  const { city } = joined;
  const sent = program.commands('HINCRBY', 'HGET', 'HMGET', 'HGETALL');
  const counting = sent.findIndex(([name, , field]) => name === 'HINCRBY' && field === city);
  const isRead = sent.slice(counting).some(([name]) => name !== 'HINCRBY');
  const dropped = source
    .calls('hIncrBy')
    .find(({ parent }) => ts.isAwaitExpression(parent) && ts.isExpressionStatement(parent.parent));
  if (isRead || !dropped) return;
  fail({
    class: 'requirement-not-met',
    message: `Nothing takes what client.hIncrBy() answers with: the number behind ${quote(`${city}: `)} is the program’s own.`,
    next: 'Keep the reply, and print it: const paris = await client.hIncrBy(…).',
    line: source.lineOf(dropped),
  });
}

/**
 * The numbers that are printed are those that Redis answered with when it counted.
 * @param program run while another one changed the same fields, each once it had been read
 * @throws CheckFailure otherwise
 */
export async function expectNumbersOfRedis(task: Task, program: ProgramRun): Promise<void> {
  const held = await task.redis.hash(key);
  const of = (city: string) => `${city}: ${held[city]}`;
  for (const line of [of(joined.city), `${of(moved.from)}, ${of(moved.to)}`]) {
    if (program.lines.includes(line)) continue;
    const [city = ''] = line.split(':');
    const printed = program.lines.find((one) => one.startsWith(`${city}: `));
    fail({
      class: 'wrong-output',
      message: `Another program counts as well before this one does, and ${printed === undefined ? `${quote(line)} is missing` : `this one prints ${quote(printed)}; Redis answered ${quote(line)}`}.`,
      next: 'Print what hIncrBy() and exec() answer with, and compute no number yourself.',
      at: [...(printed === undefined ? [] : [{ prints: printed }]), { calls: ['exec', 'hIncrBy'] }],
      expected: line,
      seen: program.lines.join('\n'),
    });
  }
}
