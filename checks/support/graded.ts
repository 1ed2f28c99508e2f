import { type GradeRequest, grade } from '../../runner/grading/grade';
import type { Verdict } from '../../runner/grading/verdict';
import { openWarmRedis } from '../../runner/redis/warm-redis';
import { WarmPool } from '../../runner/sandbox/process/warm-pool';

/**
 * Grades as a command does; with WORKBOOK_AHEAD in the environment, which `npm run test:warm`
 * sets, as while somebody watches a file.
 */
export async function graded(request: GradeRequest): Promise<Verdict> {
  if (process.env.WORKBOOK_AHEAD === undefined) return grade(request);
  const [, second] = await gradedTwice(request);
  return second;
}

/**
 * Grades, and once more with what the first time used made ready, as while watching.
 * @returns both verdicts
 */
export async function gradedTwice(request: GradeRequest): Promise<[Verdict, Verdict]> {
  const redis = openWarmRedis(request.redis);
  const warmPool = new WarmPool();
  try {
    const first = await grade({ ...request, redis, warmPool });
    redis.refill();
    await warmPool.refill();
    return [first, await grade({ ...request, redis, warmPool })];
  } finally {
    await Promise.all([redis.close(), warmPool.close()]);
  }
}
