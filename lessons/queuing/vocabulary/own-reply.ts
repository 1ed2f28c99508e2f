import { promising, redisPackage, type Task } from '#grading';

/** The confirmation is the file's own text, where the task asks for redis.print: worth an advice. */
export function adviseOnPrint(task: Task): void {
  if (task.source.isUsed('print') || redisPackage(task.file).major >= promising) return;
  task.advise(
    'The line “Reply: …” is the file’s own text; the task asks for redis.print, which is handed to the command as its last argument.',
  );
}
