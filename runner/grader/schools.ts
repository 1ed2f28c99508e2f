import { fail, quote } from './finding';
import type { Slip } from './running';
import type { Task } from './task';

/** Lines that lessons 2 and 3 often print in place of the right ones, and where they come from. */
export const schoolSlips: Slip[] = [
  {
    pattern: /^(?:true|false)$/,
    message: 'The program prints what client.get() returns at once, not the value of the key.',
    next: 'The value comes later: print it in the callback that client.get() calls.',
  },
  {
    pattern: /^Promise \{/,
    message: 'The program prints a promise, not the value that it will hold.',
    next: 'Put await before the call, in an async function.',
  },
  {
    pattern: /^Reply: undefined$/,
    message:
      'redis.print is called at once, before Redis has answered: the program prints “Reply: undefined”.',
    next: 'Hand the function over without calling it: redis.print, not redis.print().',
  },
  {
    pattern: /^OK$/,
    message: 'The confirmation is printed as “OK”; redis.print would print “Reply: OK”.',
    next: 'Hand redis.print to client.set() as its last argument.',
  },
  {
    pattern: /^(?:Holberton|HolbertonSanFrancisco)$/,
    message: 'The program prints the name of the key, not its value.',
    next: 'Print what the callback gets as its second argument.',
  },
  {
    pattern: /^(?:null|undefined)$/,
    message: 'The program prints a value that it did not get from Redis.',
    next: 'Print the reply: the callback’s second argument, or what the awaited call gives.',
  },
];

/**
 * With another value in Redis the program prints that one: it reads, it does not recite.
 * @throws CheckFailure otherwise
 */
export async function usesTheValueInRedis(task: Task): Promise<void> {
  const other = 'Another school';
  await task.redis.clear();
  await task.redis.set('Holberton', other);
  const program = await task.run();
  await program.settles();
  if (program.lines.includes(other)) return;
  fail({
    class: 'wrong-output',
    message: `With ${quote(other)} in the key “Holberton”, the program does not print that value.`,
    next: 'Print the value that Redis answers with, not a text from the file.',
    expected: other,
    seen: program.lines.join('\n'),
  });
}
