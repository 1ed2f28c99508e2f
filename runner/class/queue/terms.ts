import type { GradingTerms } from '../submission/submission';

/**
 * The queue of all submissions that are graded on these terms: a worker of another version of the
 * workbook, or with another Redis for the programs, has another queue and never sees them.
 */
export function queueName({ checks, redis, isolation }: Omit<GradingTerms, 'lessons'>): string {
  return `class-${checks}-${redis}-${isolation}`;
}
