import { fail, quote } from '../../grading/finding';
import type { ProgramRun } from '../../grading/program/program-run';
import type { Task } from '../../grading/task';
import { commandText } from '../../redis/protocol/command-text';

/** Commands after which a key may be gone. */
const removals = ['DEL', 'UNLINK', 'GETDEL', 'FLUSHDB', 'FLUSHALL', 'EXPIRE', 'PEXPIRE', 'RENAME'];

/**
 * What the program has set under a key it leaves there.
 * @param running after it has come to rest
 * @throws CheckFailure where the key is gone, and a command of the program's came after it was set; or
 *   where Redis is to forget it
 */
export async function expectKeyKept(task: Task, running: ProgramRun, key: string): Promise<void> {
  await task.redis.expectNoExpiry(key);
  if ((await task.redis.type(key)) !== 'none') return;
  const about = running
    .commands('SET', 'HSET', ...removals)
    .filter(([name = '', ...words]) => words.includes(key) || name.startsWith('FLUSH'));
  const removes = ([name = '']: string[]) => removals.includes(name);
  const last = about.at(-1);
  if (!last || !removes(last) || about.every(removes)) return;
  fail({
    class: 'wrong-data',
    message: `Redis holds no key ${quote(key)} after the run: the program sends ${quote(commandText(last))} once it is set.`,
    next: 'Take that call out: what is stored should stay in Redis.',
    expected: key,
    seen: (await task.redis.keys()).join('\n'),
    at: [{ sends: last }, { names: [key] }],
  });
}
