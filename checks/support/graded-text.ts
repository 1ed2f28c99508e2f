import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gradingTerms } from '../../runner/course/grading';
import { grade } from '../../runner/grading/grade';
import type { Verdict } from '../../runner/grading/verdict';
import type { RedisSource } from '../../runner/redis/instance';
import { queuing } from './queuing';

/**
 * Grades a program that is given as a text.
 * @param folder where it may be written, in a folder of its own
 * @param number the task
 * @param name the file's, without its ending
 */
export async function gradeText(
  folder: string,
  redis: RedisSource,
  text: string,
  number = 1,
  name = '0-redis_client',
): Promise<Verdict> {
  const own = mkdtempSync(path.join(folder, 'learner-'));
  const file = path.join(own, `${name}.ts`);
  writeFileSync(file, text);
  const lesson = queuing.lessons.find((one) => one.number === number);
  if (!lesson) throw new Error(`no lesson ${number}`);
  return grade({
    ...gradingTerms(queuing, lesson),
    files: { [name]: file },
    folder: own,
    redis,
  });
}
