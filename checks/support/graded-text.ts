import { mkdtempSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { loadCatalogue, workedVersion } from '../../runner/course/catalogue';
import { grade } from '../../runner/grading/grade';
import type { Verdict } from '../../runner/grading/verdict';
import type { RedisSource } from '../../runner/redis/instance';

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
  const catalogue = loadCatalogue();
  const lesson = catalogue.find((one) => one.number === number);
  return grade({
    check: path.join(lesson?.folder ?? '', 'check.ts'),
    files: { [name]: file },
    folder: own,
    worked: (other) => workedVersion(catalogue, other),
    redis,
  });
}
