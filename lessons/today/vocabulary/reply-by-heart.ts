import { fail, quote, type Task } from '#grading';

/** A reply that Redis never gives by itself. */
const other = 'QUITE ANOTHER REPLY';

const lineOf = (reply: string) => `Reply: ${reply}`;

/**
 * A reply that is always the same is printed as it came. A program that has the word somewhere is
 * run once more, on an empty Redis, and gets another reply in its place.
 * @param reply what Redis answers with
 * @throws CheckFailure where the line is the same nevertheless
 */
export async function expectReplyPrinted(task: Task, reply: string): Promise<void> {
  if (!task.source.files.some((file) => file.lineOfText(reply) !== undefined)) return;
  await task.redis.clear();
  const run = await task.run();
  run.program.tap.exchangeReply({ from: reply, to: other });
  await run.waitUntilSettled();
  if (!run.lines.includes(lineOf(reply))) return;
  fail({
    class: 'wrong-output',
    message: `The reply that is printed does not come from Redis: when it answers ${quote(other)}, the program prints ${quote(lineOf(reply))} all the same.`,
    next: 'Keep what the awaited command gives, and print that behind “Reply: ”.',
    at: { prints: reply },
    expected: lineOf(other),
    seen: run.lines.join('\n'),
  });
}
