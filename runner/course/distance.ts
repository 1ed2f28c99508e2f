import { distance } from '../grading/explain/edit-distance';

/**
 * The words nearest to a mistyped one, best first. A word that contains it counts as near.
 * @param most at most so many
 */
export function nearest(typed: string, words: readonly string[], most = 3): string[] {
  const wanted = typed.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 2));
  return [...new Set(words)]
    .map((word) => ({ word, far: closeness(wanted, word.toLowerCase()) }))
    .filter(({ far }) => far <= limit)
    .sort((one, other) => one.far - other.far)
    .slice(0, most)
    .map(({ word }) => word);
}

function closeness(wanted: string, word: string): number {
  const whole = distance(wanted, word);
  return wanted.length > 2 && word.includes(wanted) ? Math.min(whole, 1) : whole;
}
