/**
 * How many single letters must be added, dropped, changed or swapped with their neighbour to turn
 * one word into the other (optimal string alignment distance).
 */
export function editDistance(one: string, other: string): number {
  const rows: number[][] = [];
  for (let i = 0; i <= one.length; i++) {
    const row: number[] = [i];
    for (let j = 1; j <= other.length; j++) {
      if (i === 0) {
        row.push(j);
        continue;
      }
      const same = one[i - 1] === other[j - 1];
      const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(
        Math.min(
          at(rows, i - 1, j) + 1,
          (row[j - 1] ?? 0) + 1,
          at(rows, i - 1, j - 1) + (same ? 0 : 1),
          swapped ? at(rows, i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    rows.push(row);
  }
  return at(rows, one.length, other.length);
}

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
  const whole = editDistance(wanted, word);
  return wanted.length > 2 && word.includes(wanted) ? Math.min(whole, 1) : whole;
}

function at(rows: readonly number[][], i: number, j: number): number {
  return rows[i]?.[j] ?? 0;
}
